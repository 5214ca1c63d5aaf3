BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE attachments (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	task_id INTEGER, 
	revision BIGINT, 
	kind VARCHAR(32) NOT NULL, 
	file_id VARCHAR(255) NOT NULL, 
	file_unique_id VARCHAR(64) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	size BIGINT NOT NULL, 
	caption TEXT NOT NULL, 
	added_by_id INTEGER NOT NULL, 
	added_at DATETIME NOT NULL, 
	CONSTRAINT pk_attachments PRIMARY KEY (id), 
	CONSTRAINT fk_attachments_added_by_id_people FOREIGN KEY(added_by_id) REFERENCES people (id), 
	CONSTRAINT fk_attachments_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_attachments_task_id_tasks FOREIGN KEY(task_id) REFERENCES tasks (id)
);
CREATE TABLE buttons (
	token VARCHAR(32) NOT NULL, 
	card_id INTEGER NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	argument VARCHAR(64) NOT NULL, 
	version BIGINT NOT NULL, 
	CONSTRAINT pk_buttons PRIMARY KEY (token), 
	CONSTRAINT fk_buttons_card_id_cards FOREIGN KEY(card_id) REFERENCES cards (id), 
	CONSTRAINT uq_buttons_card_id_action_argument_version UNIQUE (card_id, action, argument, version)
);
INSERT INTO "buttons" VALUES('QoE6P7fuG033Poa7qtIG',1,'send-report','',0);
INSERT INTO "buttons" VALUES('znzyQUzBbUKi7RftvhnZ',1,'classify','',0);
INSERT INTO "buttons" VALUES('19aIqYRVy2g3gjsA7mht',1,'edit-report','',0);
INSERT INTO "buttons" VALUES('MrX61n7-_OoMiWymJJHb',1,'discard','',0);
INSERT INTO "buttons" VALUES('re5fTuzvBFZ0vHffzqaJ',3,'position','1',0);
INSERT INTO "buttons" VALUES('1lPmyt7V6sQD2f-MN1En',3,'timeline','1',0);
INSERT INTO "buttons" VALUES('Ed09r97qseegbEJGR9v0',2,'forward','',1);
INSERT INTO "buttons" VALUES('1UfGz-fivGhW5siWv8r0',2,'instruct','',1);
INSERT INTO "buttons" VALUES('Tyn8Xm-Z5EOqpyrVRQOO',2,'decline','',1);
INSERT INTO "buttons" VALUES('JeQBdDr1mZ94IE3wYs9m',2,'position','',1);
INSERT INTO "buttons" VALUES('W1Jjm-A5lss5pHYvIJg4',2,'timeline','',1);
INSERT INTO "buttons" VALUES('1m4Cmi7NrIRf6EnOB7a6',4,'forward','',1);
INSERT INTO "buttons" VALUES('P5u4Vm_WW1hhQiTa98H2',4,'instruct','',1);
INSERT INTO "buttons" VALUES('LDdYgz15yI3nEy5-1bXl',4,'send-back','',1);
INSERT INTO "buttons" VALUES('Kr__4IBOEeUuxl7i01ti',4,'position','',1);
INSERT INTO "buttons" VALUES('82qn1HlhX6_IVUw6PUgj',4,'timeline','',1);
INSERT INTO "buttons" VALUES('7NUA7l9QdLOTotPdsNaA',5,'forward','',1);
INSERT INTO "buttons" VALUES('m8UE8mhpMfsTzjH3bc2M',5,'instruct','',1);
INSERT INTO "buttons" VALUES('IiKPI7pTZb53YhUiGoxi',5,'send-back','',1);
INSERT INTO "buttons" VALUES('bn9ym6xZTdvrmqs8VvUz',5,'position','',1);
INSERT INTO "buttons" VALUES('3V0IPoVSzKsQVzA18qVw',5,'timeline','',1);
INSERT INTO "buttons" VALUES('8tlxJ0Qv2oh_9i57pmq0',6,'choose','',1);
INSERT INTO "buttons" VALUES('susyqlNsV7_kdOyRlexv',6,'instruct','',1);
INSERT INTO "buttons" VALUES('V1nsZuFx9wHQ43XdeVtp',6,'send-back','',1);
INSERT INTO "buttons" VALUES('k7-nOaerCVkSuYF9GwQ6',6,'position','',1);
INSERT INTO "buttons" VALUES('SXw6s6CQCTAdVenylCMC',6,'timeline','',1);
INSERT INTO "buttons" VALUES('dC_WHYaCBKMNfflGsjSv',6,'forward-to','5',1);
INSERT INTO "buttons" VALUES('v2frjw6r4drFFCwkn1y7',6,'forward-to','6',1);
INSERT INTO "buttons" VALUES('a3435YK0ctRLKhLrWIvz',6,'forward-to','any',1);
INSERT INTO "buttons" VALUES('ZsSSUqK4MOtTjLZwZQRS',6,'back','',1);
INSERT INTO "buttons" VALUES('ULqO5hNMECnq9PQTtXO4',7,'start','',1);
INSERT INTO "buttons" VALUES('KDkoBE16P2MnyVvp3itk',7,'ask','',1);
INSERT INTO "buttons" VALUES('V9y0OidiwOxAdJJpfCVx',7,'evaluation','',1);
INSERT INTO "buttons" VALUES('12lA8AesExK0EoKiwbER',7,'position','',1);
INSERT INTO "buttons" VALUES('kZsCftTp25aLlqi1RYrJ',7,'timeline','',1);
INSERT INTO "buttons" VALUES('GmAVOT262-4s-2Yq4MBO',7,'ask','',2);
INSERT INTO "buttons" VALUES('6e5RQSLyvNVgIlWJfdG1',7,'evaluation','',2);
INSERT INTO "buttons" VALUES('YOS5MMRJ1MON6z1tbvk0',7,'position','',2);
INSERT INTO "buttons" VALUES('9EzG6rVAX-b430xGTxFV',7,'timeline','',2);
INSERT INTO "buttons" VALUES('YxIY3HfnN0PK0NUP0s-E',7,'part','findings',2);
INSERT INTO "buttons" VALUES('SYl5wQA2hC8qc1uqBpug',7,'part','cause',2);
INSERT INTO "buttons" VALUES('NvjJn57n_9_sAAJcnYw5',7,'part','action',2);
INSERT INTO "buttons" VALUES('frqDkW2mydDzbodceUNR',7,'part','result',2);
INSERT INTO "buttons" VALUES('sGiay2KqEZaumdH_JoE_',7,'part','recommendation',2);
INSERT INTO "buttons" VALUES('9KfSXQKVcwU7skXMU-5I',7,'attach','',2);
INSERT INTO "buttons" VALUES('5Ue_nk80h0LGamofxGxN',7,'preview','',2);
INSERT INTO "buttons" VALUES('QXhP2xRngdXAfyZ0klc3',7,'submit','',2);
INSERT INTO "buttons" VALUES('13cE7vMXxd6tw7y3A1bS',7,'back','',2);
INSERT INTO "buttons" VALUES('lGcECBHxLnbA-KzemUED',8,'part','findings',3);
INSERT INTO "buttons" VALUES('m75qKX8z-cotVEFq2spX',8,'part','cause',3);
INSERT INTO "buttons" VALUES('RgFacUa4y7hgx42d9Nda',8,'part','action',3);
INSERT INTO "buttons" VALUES('DwCjg6oDPc9DPpvVQuK4',8,'part','result',3);
INSERT INTO "buttons" VALUES('B3HdG9EBTNFtThbYr7GU',8,'part','recommendation',3);
INSERT INTO "buttons" VALUES('UqURx-NMlIXObRY2ivZT',8,'attach','',3);
INSERT INTO "buttons" VALUES('AOvj4nTC2mFxkyzhUoWI',8,'preview','',3);
INSERT INTO "buttons" VALUES('sfTeOsvY_2I5KwTiCyHz',8,'submit','',3);
INSERT INTO "buttons" VALUES('v6UTzBUevR_l-2t_fGj9',8,'back','',3);
INSERT INTO "buttons" VALUES('e_GlUJmp6WgD_SrzWwEl',8,'evaluation','',3);
INSERT INTO "buttons" VALUES('lzu3FCGnWjn6_i8w6LgL',9,'part','findings',4);
INSERT INTO "buttons" VALUES('cupvZ1yBP2PDgBeZPQNM',9,'part','cause',4);
INSERT INTO "buttons" VALUES('7F1NamIkX2e4L1yJUQeU',9,'part','action',4);
INSERT INTO "buttons" VALUES('P1SMFQnq071CqEIAr9F5',9,'part','result',4);
INSERT INTO "buttons" VALUES('ZTG6DOQhXZBrSX5j8Ne-',9,'part','recommendation',4);
INSERT INTO "buttons" VALUES('XOwVZeDO0G3xMH-sq3dr',9,'attach','',4);
INSERT INTO "buttons" VALUES('AuUUCAVcaMtJ42wedISQ',9,'preview','',4);
INSERT INTO "buttons" VALUES('21jbrK7OaAaHUj8QPBeM',9,'submit','',4);
INSERT INTO "buttons" VALUES('eFZS1fmfgQH9O0EDwif_',9,'back','',4);
INSERT INTO "buttons" VALUES('nDd3DOj5IvWIDkwCR7qV',9,'evaluation','',4);
INSERT INTO "buttons" VALUES('LFeNrjHRsofEJu4kyQKz',10,'send-report','',0);
INSERT INTO "buttons" VALUES('uEz5X2RXmMLkr8fWHGPy',10,'classify','',0);
INSERT INTO "buttons" VALUES('YDmK1KPnC_kWckKEBwnG',10,'edit-report','',0);
INSERT INTO "buttons" VALUES('nx7k7l6971CZVqhRJPz7',10,'discard','',0);
INSERT INTO "buttons" VALUES('Pvs1VOgL52PRqsH_IqJu',12,'position','2',0);
INSERT INTO "buttons" VALUES('J6-9kOwjBV8gk7khqG-B',12,'timeline','2',0);
INSERT INTO "buttons" VALUES('x3CggSL6p0y8TZRiBpTL',11,'forward','',1);
INSERT INTO "buttons" VALUES('3UX7dfhoVrJFsaMV-vkW',11,'instruct','',1);
INSERT INTO "buttons" VALUES('ELbzogmgdF1qjhf_YOpB',11,'decline','',1);
INSERT INTO "buttons" VALUES('n8Tj1w8ze8SIRfvH2QAc',11,'position','',1);
INSERT INTO "buttons" VALUES('0INGe09juGpAq2m0Rkyq',11,'timeline','',1);
INSERT INTO "buttons" VALUES('ef-q0-E3FcqXWEEcacIq',11,'tick','0',1);
INSERT INTO "buttons" VALUES('-Emq5dGtBCYFKxRwWHD-',11,'tick','1',1);
INSERT INTO "buttons" VALUES('V5zvsRCvDU24tB2fqLb0',11,'tick','2',1);
INSERT INTO "buttons" VALUES('Kie5mZVO1_EU9MrfpgR5',11,'tick','3',1);
INSERT INTO "buttons" VALUES('Qoshw4pmBE0oIFY79XjJ',11,'tick','4',1);
INSERT INTO "buttons" VALUES('ObT0yfjOSsIeUHkJvAzz',11,'write-note','',1);
INSERT INTO "buttons" VALUES('2Rib6vd8JQ8QMPWrR9Dk',11,'back','',1);
INSERT INTO "buttons" VALUES('SM6iq20Bi8lZuUF9xKpJ',13,'send-report','',0);
INSERT INTO "buttons" VALUES('EWpgKvJ-F2PYQ1ZNmlPt',13,'classify','',0);
INSERT INTO "buttons" VALUES('VJFVSfOTp08Eln8YAkoc',13,'edit-report','',0);
INSERT INTO "buttons" VALUES('LPyMgMV5pFJfZYA7nOA4',13,'discard','',0);
INSERT INTO "buttons" VALUES('0BIOSbQSx19Q_u3gpfC1',14,'send-report','',0);
INSERT INTO "buttons" VALUES('0mmJxpLmcDkyUYIAGKen',14,'classify','',0);
INSERT INTO "buttons" VALUES('Md2UYZ6YN7ic8YS14qaQ',14,'edit-report','',0);
INSERT INTO "buttons" VALUES('Xm6LyPsdTqtlw3eyGzZo',14,'discard','',0);
INSERT INTO "buttons" VALUES('vTNTo-4TG-ohUb9lDMca',16,'position','3',0);
INSERT INTO "buttons" VALUES('BWAAPkdj5IddkYFr8NBI',16,'timeline','3',0);
INSERT INTO "buttons" VALUES('m3PSfebuQN5wbTbdIdpn',15,'forward','',1);
INSERT INTO "buttons" VALUES('6DozdtWH0qDF89-NiL5P',15,'instruct','',1);
INSERT INTO "buttons" VALUES('Er2w9dir2cRtx7xiSyW6',15,'decline','',1);
INSERT INTO "buttons" VALUES('WXixfjPuOsTz6XYdJSXM',15,'position','',1);
INSERT INTO "buttons" VALUES('wcd-FaWS38xSDZVTiG9L',15,'timeline','',1);
CREATE TABLE cards (
	id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	chat_id BIGINT NOT NULL, 
	person_id INTEGER, 
	case_id INTEGER, 
	task_id INTEGER, 
	subject_id BIGINT, 
	mode VARCHAR(32) NOT NULL, 
	live BOOLEAN NOT NULL, 
	message_id BIGINT, 
	twin_id BIGINT, 
	digest VARCHAR(64), 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_cards PRIMARY KEY (id), 
	CONSTRAINT fk_cards_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_cards_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_cards_task_id_tasks FOREIGN KEY(task_id) REFERENCES tasks (id)
);
INSERT INTO "cards" VALUES(1,'draft',7007,7,1,NULL,NULL,'sent',0,2,NULL,'86d7334c00e250ea6e98b78099e0b93d21ee7461c8604b788f92f4c7f1666903','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(2,'task',7001,1,1,1,NULL,'main',0,4,NULL,'09c971f5e725099895fe4200be5e4f5c6adbf01baa0a33bea739d48f1045f686','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(3,'status',7007,7,1,NULL,NULL,'main',1,3,NULL,'bfa20242a69b9ccae8a359983beae2013a57b18887f926b87d8da59642c67aad','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(4,'task',7002,2,1,2,NULL,'main',0,5,NULL,'f7d338d1c4352d34a1f47869d8ffd81ddd6aeed6760912374fba54cceb3b6067','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(5,'task',7003,3,1,3,NULL,'main',0,6,NULL,'dab97ff96ded9ec845535aae5f5e4ed7f6956e77dfb59ab5cd7086f158d8c7bb','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(6,'task',7004,4,1,4,NULL,'choose',0,7,NULL,'a127327eb6ddbdd19d77219c9605acd632efce2ecca271278b54a1cf1b487c8a','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(7,'task',7005,5,1,5,NULL,'expects-evaluation-part',0,NULL,NULL,'d0b55dd94d85dde0ca11b8f0a851c559b27b54546a5b26f789575c1615ebe788','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(8,'task',7005,5,1,5,NULL,'expects-evaluation-part',0,NULL,NULL,'a7fceb34071e6b6189c70dee291d319fbfd6ac15916e794c7953ac3efc5b6172','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(9,'task',7005,5,1,5,NULL,'expects-evaluation-part',1,13,NULL,'d74793495122d9debb2b586c1d463069987d7584e751db727e9d26592715b649','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(10,'draft',7008,8,2,NULL,NULL,'sent',0,15,NULL,'03a1504331cf1bdf9143a0100c09f8e9a1547dbf40e61ce34f5411829a2191bc','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(11,'task',7001,1,2,6,NULL,'expects-note',1,17,NULL,'7a3aee7ab30f8fe8df0210771ddabd3d0907cb012bf59089a1b6c43ba481b48e','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(12,'status',7008,8,2,NULL,NULL,'main',1,16,NULL,'1409937de62db9a7668aa3a39999bd438b478c0706142877375a56f51ca9bdcf','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(13,'draft',7008,8,NULL,NULL,NULL,'main',1,19,NULL,'d8197e31c62f69ed4b033b6e9f9bdd0376dab46db5f93de621a2dd1e7d22cb02','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(14,'draft',7007,7,3,NULL,NULL,'sent',0,21,NULL,'d768aca21e1e4bb871b101105893e080e96d35b25e4eb84ab19cf4032a807a45','2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(15,'task',7001,1,3,7,NULL,'main',1,NULL,NULL,NULL,'2026-11-23 00:30:00.000000');
INSERT INTO "cards" VALUES(16,'status',7007,7,3,NULL,NULL,'main',1,NULL,NULL,NULL,'2026-11-23 00:30:00.000000');
CREATE TABLE cases (
	id INTEGER NOT NULL, 
	number VARCHAR(32) NOT NULL, 
	sop_version_id INTEGER NOT NULL, 
	chain_id INTEGER NOT NULL, 
	reporter_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	classification VARCHAR(32) NOT NULL, 
	origin JSON NOT NULL, 
	previous_case_id INTEGER, 
	state VARCHAR(32) NOT NULL, 
	round BIGINT NOT NULL, 
	opened_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	helped BOOLEAN, 
	CONSTRAINT pk_cases PRIMARY KEY (id), 
	CONSTRAINT fk_cases_chain_id_journal_chains FOREIGN KEY(chain_id) REFERENCES journal_chains (id), 
	CONSTRAINT fk_cases_previous_case_id_cases FOREIGN KEY(previous_case_id) REFERENCES cases (id), 
	CONSTRAINT fk_cases_reporter_id_people FOREIGN KEY(reporter_id) REFERENCES people (id), 
	CONSTRAINT fk_cases_sop_version_id_sop_versions FOREIGN KEY(sop_version_id) REFERENCES sop_versions (id), 
	CONSTRAINT uq_cases_chain_id UNIQUE (chain_id), 
	CONSTRAINT uq_cases_number UNIQUE (number)
);
INSERT INTO "cases" VALUES(1,'SW-2026-0001',1,1,7,'SIMPEG tidak dapat dibuka','biasa','{"messages": [1]}',NULL,'open',1,'2026-11-23 00:30:00.000000',NULL,NULL);
INSERT INTO "cases" VALUES(2,'SW-2026-0002',1,2,8,'Mesin absensi mati','biasa','{"messages": [14]}',NULL,'open',1,'2026-11-23 00:30:00.000000',NULL,NULL);
INSERT INTO "cases" VALUES(3,'SW-2026-0003',1,3,7,'Printer tidak mencetak','biasa','{"messages": [20]}',NULL,'open',1,'2026-11-23 00:30:00.000000',NULL,NULL);
CREATE TABLE chases (
	task_id INTEGER NOT NULL, 
	ordinal BIGINT NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	due_at DATETIME NOT NULL, 
	fired_at DATETIME NOT NULL, 
	CONSTRAINT pk_chases PRIMARY KEY (task_id, ordinal), 
	CONSTRAINT fk_chases_task_id_tasks FOREIGN KEY(task_id) REFERENCES tasks (id)
);
CREATE TABLE conversations (
	telegram_id BIGINT NOT NULL, 
	expects VARCHAR(32) NOT NULL, 
	card_id INTEGER, 
	task_id INTEGER, 
	question_id INTEGER, 
	part VARCHAR(24) NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	CONSTRAINT pk_conversations PRIMARY KEY (telegram_id), 
	CONSTRAINT fk_conversations_card_id_cards FOREIGN KEY(card_id) REFERENCES cards (id), 
	CONSTRAINT fk_conversations_question_id_questions FOREIGN KEY(question_id) REFERENCES questions (id), 
	CONSTRAINT fk_conversations_task_id_tasks FOREIGN KEY(task_id) REFERENCES tasks (id)
);
INSERT INTO "conversations" VALUES(7007,'nothing',NULL,NULL,NULL,'','id');
INSERT INTO "conversations" VALUES(7001,'note',11,6,NULL,'','id');
INSERT INTO "conversations" VALUES(7002,'nothing',NULL,NULL,NULL,'','id');
INSERT INTO "conversations" VALUES(7003,'nothing',NULL,NULL,NULL,'','id');
INSERT INTO "conversations" VALUES(7004,'nothing',NULL,NULL,NULL,'','id');
INSERT INTO "conversations" VALUES(7005,'evaluation-part',9,5,NULL,'action','id');
INSERT INTO "conversations" VALUES(7008,'nothing',NULL,NULL,NULL,'','id');
CREATE TABLE daily_rounds (
	day DATE NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_daily_rounds PRIMARY KEY (day)
);
INSERT INTO "daily_rounds" VALUES('2026-11-23','2026-11-23 00:30:00.000000');
CREATE TABLE disposition_drafts (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	task_id INTEGER NOT NULL, 
	instructions JSON NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_disposition_drafts PRIMARY KEY (id), 
	CONSTRAINT fk_disposition_drafts_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_disposition_drafts_task_id_tasks FOREIGN KEY(task_id) REFERENCES tasks (id), 
	CONSTRAINT uq_disposition_drafts_person_id_task_id UNIQUE (person_id, task_id)
);
INSERT INTO "disposition_drafts" VALUES(1,1,1,'[]','');
INSERT INTO "disposition_drafts" VALUES(2,2,2,'[]','');
INSERT INTO "disposition_drafts" VALUES(3,3,3,'[]','');
INSERT INTO "disposition_drafts" VALUES(4,4,4,'[]','');
INSERT INTO "disposition_drafts" VALUES(5,1,6,'["Tindak lanjuti"]','');
CREATE TABLE evaluations (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	task_id INTEGER NOT NULL, 
	revision BIGINT NOT NULL, 
	findings TEXT NOT NULL, 
	cause TEXT NOT NULL, 
	action TEXT NOT NULL, 
	result TEXT NOT NULL, 
	recommendation TEXT NOT NULL, 
	author_id INTEGER NOT NULL, 
	saved_at DATETIME NOT NULL, 
	submitted_at DATETIME, 
	submitted_as VARCHAR(80), 
	CONSTRAINT pk_evaluations PRIMARY KEY (id), 
	CONSTRAINT fk_evaluations_author_id_people FOREIGN KEY(author_id) REFERENCES people (id), 
	CONSTRAINT fk_evaluations_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_evaluations_task_id_tasks FOREIGN KEY(task_id) REFERENCES tasks (id), 
	CONSTRAINT uq_evaluations_case_id_revision UNIQUE (case_id, revision)
);
INSERT INTO "evaluations" VALUES(1,1,5,1,'Temuan telah dicatat.','Penyebab telah dicatat.','','','',5,'2026-11-23 00:30:00.000000',NULL,NULL);
CREATE TABLE expected_people (
	nip VARCHAR(18) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	unit VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_expected_people PRIMARY KEY (nip)
);
CREATE TABLE inbox (
	update_id BIGINT NOT NULL, 
	lane BIGINT NOT NULL, 
	body JSON NOT NULL, 
	received_at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	attempts BIGINT NOT NULL, 
	failure TEXT, 
	CONSTRAINT pk_inbox PRIMARY KEY (update_id)
);
INSERT INTO "inbox" VALUES(480000001,7007,'{"update_id": 480000001, "message": {"message_id": 1, "from": {"id": 7007, "is_bot": false, "first_name": "Budi Contoh", "language_code": "id"}, "chat": {"id": 7007, "type": "private", "first_name": "Budi Contoh"}, "date": 1795393800, "text": "SIMPEG tidak dapat dibuka"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000002,7007,'{"update_id": 480000002, "callback_query": {"id": "4100000000000001", "from": {"id": 7007, "is_bot": false, "first_name": "Budi Contoh", "language_code": "id"}, "message": {"message_id": 2, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7007, "type": "private", "first_name": "Budi Contoh"}, "date": 1795393800, "text": "\ud83d\udcdd Draf laporan\n\u201cSIMPEG tidak dapat dibuka\u201d", "entities": [{"type": "bold", "offset": 3, "length": 12}, {"type": "expandable_blockquote", "offset": 16, "length": 27}], "reply_markup": {"inline_keyboard": [[{"callback_data": "QoE6P7fuG033Poa7qtIG", "style": "success", "text": "\ud83d\udce8 Kirim"}, {"callback_data": "znzyQUzBbUKi7RftvhnZ", "text": "\u26a1 Sifat: biasa"}], [{"callback_data": "19aIqYRVy2g3gjsA7mht", "text": "\u270f\ufe0f Ubah"}, {"callback_data": "MrX61n7-_OoMiWymJJHb", "text": "Batal"}]]}}, "chat_instance": "7000007007", "data": "QoE6P7fuG033Poa7qtIG"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000003,7001,'{"update_id": 480000003, "callback_query": {"id": "4100000000000002", "from": {"id": 7001, "is_bot": false, "first_name": "Karel Contoh", "language_code": "id"}, "message": {"message_id": 4, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7001, "type": "private", "first_name": "Karel Contoh"}, "date": 1795393800, "text": "\ud83d\udccb DISPOSISI SW-2026-0001 \u00b7 langkah 1 dari 9\nSIMPEG tidak dapat dibuka\n\nPelapor: Budi Contoh, Subbagian Kepegawaian\nSifat: biasa\nTenggat: 09.00 WITA (sisa 30 menit kerja dari 30 menit)", "entities": [{"type": "bold", "offset": 3, "length": 22}, {"type": "bold", "offset": 45, "length": 25}, {"type": "date_time", "unix_time": 1795395600, "offset": 138, "length": 10}], "reply_markup": {"inline_keyboard": [[{"callback_data": "Ed09r97qseegbEJGR9v0", "style": "success", "text": "\u2705 Teruskan ke Kadiv"}], [{"callback_data": "1UfGz-fivGhW5siWv8r0", "text": "\ud83d\udcdd Instruksi & catatan"}, {"callback_data": "Tyn8Xm-Z5EOqpyrVRQOO", "style": "danger", "text": "\u26d4 Tolak"}], [{"callback_data": "JeQBdDr1mZ94IE3wYs9m", "text": "\ud83d\uddfa Posisi SOP"}, {"callback_data": "W1Jjm-A5lss5pHYvIJg4", "text": "\ud83d\udd58 Linimasa"}]]}}, "chat_instance": "7000007001", "data": "Ed09r97qseegbEJGR9v0"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000004,7002,'{"update_id": 480000004, "callback_query": {"id": "4100000000000003", "from": {"id": 7002, "is_bot": false, "first_name": "Dina Contoh", "language_code": "id"}, "message": {"message_id": 5, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7002, "type": "private", "first_name": "Dina Contoh"}, "date": 1795393800, "text": "\ud83d\udccb DISPOSISI SW-2026-0001 \u00b7 langkah 2 dari 9\nSIMPEG tidak dapat dibuka\n\nPelapor: Budi Contoh, Subbagian Kepegawaian\nSifat: biasa\nTenggat: 09.00 WITA (sisa 30 menit kerja dari 30 menit)\n\nKarel Contoh (Kakanwil), 08.30 WITA \u00b7 diteruskan", "entities": [{"type": "bold", "offset": 3, "length": 22}, {"type": "bold", "offset": 45, "length": 25}, {"type": "date_time", "unix_time": 1795395600, "offset": 138, "length": 10}], "reply_markup": {"inline_keyboard": [[{"callback_data": "1m4Cmi7NrIRf6EnOB7a6", "style": "success", "text": "\u2705 Teruskan ke Kabag P2L"}], [{"callback_data": "P5u4Vm_WW1hhQiTa98H2", "text": "\ud83d\udcdd Instruksi & catatan"}, {"callback_data": "LDdYgz15yI3nEy5-1bXl", "style": "danger", "text": "\u21a9\ufe0f Kembalikan"}], [{"callback_data": "Kr__4IBOEeUuxl7i01ti", "text": "\ud83d\uddfa Posisi SOP"}, {"callback_data": "82qn1HlhX6_IVUw6PUgj", "text": "\ud83d\udd58 Linimasa"}]]}}, "chat_instance": "7000007002", "data": "1m4Cmi7NrIRf6EnOB7a6"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000005,7003,'{"update_id": 480000005, "callback_query": {"id": "4100000000000004", "from": {"id": 7003, "is_bot": false, "first_name": "Bram Contoh", "language_code": "id"}, "message": {"message_id": 6, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7003, "type": "private", "first_name": "Bram Contoh"}, "date": 1795393800, "text": "\ud83d\udccb DISPOSISI SW-2026-0001 \u00b7 langkah 3 dari 9\nSIMPEG tidak dapat dibuka\n\nPelapor: Budi Contoh, Subbagian Kepegawaian\nSifat: biasa\nTenggat: 09.00 WITA (sisa 30 menit kerja dari 30 menit)\n\nDina Contoh (Kadiv), 08.30 WITA \u00b7 diteruskan \n\nRiwayat\nKarel Contoh (Kakanwil), 08.30 WITA \u00b7 diteruskan", "entities": [{"type": "bold", "offset": 3, "length": 22}, {"type": "bold", "offset": 45, "length": 25}, {"type": "date_time", "unix_time": 1795395600, "offset": 138, "length": 10}, {"type": "expandable_blockquote", "offset": 233, "length": 56}], "reply_markup": {"inline_keyboard": [[{"callback_data": "7NUA7l9QdLOTotPdsNaA", "style": "success", "text": "\u2705 Teruskan ke Kasubbag Humas, RB & IT"}], [{"callback_data": "m8UE8mhpMfsTzjH3bc2M", "text": "\ud83d\udcdd Instruksi & catatan"}, {"callback_data": "IiKPI7pTZb53YhUiGoxi", "style": "danger", "text": "\u21a9\ufe0f Kembalikan"}], [{"callback_data": "bn9ym6xZTdvrmqs8VvUz", "text": "\ud83d\uddfa Posisi SOP"}, {"callback_data": "3V0IPoVSzKsQVzA18qVw", "text": "\ud83d\udd58 Linimasa"}]]}}, "chat_instance": "7000007003", "data": "7NUA7l9QdLOTotPdsNaA"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000006,7004,'{"update_id": 480000006, "callback_query": {"id": "4100000000000005", "from": {"id": 7004, "is_bot": false, "first_name": "Sari Contoh", "language_code": "id"}, "message": {"message_id": 7, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7004, "type": "private", "first_name": "Sari Contoh"}, "date": 1795393800, "text": "\ud83d\udccb DISPOSISI SW-2026-0001 \u00b7 langkah 4 dari 9\nSIMPEG tidak dapat dibuka\n\nPelapor: Budi Contoh, Subbagian Kepegawaian\nSifat: biasa\nTenggat: 09.00 WITA (sisa 30 menit kerja dari 30 menit)\n\nBram Contoh (Kabag P2L), 08.30 WITA \u00b7 diteruskan \n\nRiwayat\nKarel Contoh (Kakanwil), 08.30 WITA \u00b7 diteruskan \nDina Contoh (Kadiv), 08.30 WITA \u00b7 diteruskan", "entities": [{"type": "bold", "offset": 3, "length": 22}, {"type": "bold", "offset": 45, "length": 25}, {"type": "date_time", "unix_time": 1795395600, "offset": 138, "length": 10}, {"type": "expandable_blockquote", "offset": 237, "length": 102}], "reply_markup": {"inline_keyboard": [[{"callback_data": "8tlxJ0Qv2oh_9i57pmq0", "style": "success", "text": "\u2705 Teruskan ke JFT Prakom"}], [{"callback_data": "susyqlNsV7_kdOyRlexv", "text": "\ud83d\udcdd Instruksi & catatan"}, {"callback_data": "V1nsZuFx9wHQ43XdeVtp", "style": "danger", "text": "\u21a9\ufe0f Kembalikan"}], [{"callback_data": "k7-nOaerCVkSuYF9GwQ6", "text": "\ud83d\uddfa Posisi SOP"}, {"callback_data": "SXw6s6CQCTAdVenylCMC", "text": "\ud83d\udd58 Linimasa"}]]}}, "chat_instance": "7000007004", "data": "8tlxJ0Qv2oh_9i57pmq0"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000007,7004,'{"update_id": 480000007, "callback_query": {"id": "4100000000000006", "from": {"id": 7004, "is_bot": false, "first_name": "Sari Contoh", "language_code": "id"}, "message": {"message_id": 7, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7004, "type": "private", "first_name": "Sari Contoh"}, "date": 1795393800, "edit_date": 1795393800, "text": "\ud83d\udccb DISPOSISI SW-2026-0001 \u00b7 langkah 4 dari 9\nSIMPEG tidak dapat dibuka\n\nPelapor: Budi Contoh, Subbagian Kepegawaian\nSifat: biasa\nTenggat: 09.00 WITA (sisa 30 menit kerja dari 30 menit)\n\nBram Contoh (Kabag P2L), 08.30 WITA \u00b7 diteruskan \n\nRiwayat\nKarel Contoh (Kakanwil), 08.30 WITA \u00b7 diteruskan \nDina Contoh (Kadiv), 08.30 WITA \u00b7 diteruskan \n\n\ud83d\udc65 Tunjuk JFT Prakom:", "entities": [{"type": "bold", "offset": 3, "length": 22}, {"type": "bold", "offset": 45, "length": 25}, {"type": "date_time", "unix_time": 1795395600, "offset": 138, "length": 10}, {"type": "expandable_blockquote", "offset": 237, "length": 103}], "reply_markup": {"inline_keyboard": [[{"callback_data": "dC_WHYaCBKMNfflGsjSv", "text": "Rina Contoh \u00b7 0 aktif"}], [{"callback_data": "v2frjw6r4drFFCwkn1y7", "text": "Andi Contoh \u00b7 0 aktif"}], [{"callback_data": "a3435YK0ctRLKhLrWIvz", "text": "Siapa saja"}], [{"callback_data": "ZsSSUqK4MOtTjLZwZQRS", "text": "\u00ab Kembali"}]]}}, "chat_instance": "7000007004", "data": "dC_WHYaCBKMNfflGsjSv"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000008,7005,'{"update_id": 480000008, "callback_query": {"id": "4100000000000007", "from": {"id": 7005, "is_bot": false, "first_name": "Rina Contoh", "language_code": "id"}, "message": {"message_id": 8, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7005, "type": "private", "first_name": "Rina Contoh"}, "date": 1795393800, "text": "\ud83d\udee0 PENANGANAN SW-2026-0001 \u00b7 langkah 5 dari 9\nSIMPEG tidak dapat dibuka\n\nPelapor: Budi Contoh, Subbagian Kepegawaian\nSifat: biasa\nTenggat: Rab 25 Nov 08.30 WITA (sisa 2 hari kerja dari 2 hari)\nPetugas: Rina Contoh\n\nSari Contoh (Kasubbag Humas), 08.30 WITA \u00b7 diteruskan \n\nRiwayat\nKarel Contoh (Kakanwil), 08.30 WITA \u00b7 diteruskan \nDina Contoh (Kadiv), 08.30 WITA \u00b7 diteruskan \nBram Contoh (Kabag P2L), 08.30 WITA \u00b7 diteruskan", "entities": [{"type": "bold", "offset": 3, "length": 23}, {"type": "bold", "offset": 46, "length": 25}, {"type": "date_time", "unix_time": 1795566600, "offset": 139, "length": 21}, {"type": "expandable_blockquote", "offset": 271, "length": 152}], "reply_markup": {"inline_keyboard": [[{"callback_data": "ULqO5hNMECnq9PQTtXO4", "style": "success", "text": "\u25b6\ufe0f Mulai tangani"}], [{"callback_data": "KDkoBE16P2MnyVvp3itk", "text": "\u2753 Tanya pelapor"}, {"callback_data": "V9y0OidiwOxAdJJpfCVx", "text": "\ud83d\udcdd Laporan Evaluasi"}], [{"callback_data": "12lA8AesExK0EoKiwbER", "text": "\ud83d\uddfa Posisi SOP"}, {"callback_data": "kZsCftTp25aLlqi1RYrJ", "text": "\ud83d\udd58 Linimasa"}]]}}, "chat_instance": "7000007005", "data": "ULqO5hNMECnq9PQTtXO4"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000009,7005,'{"update_id": 480000009, "callback_query": {"id": "4100000000000008", "from": {"id": 7005, "is_bot": false, "first_name": "Rina Contoh", "language_code": "id"}, "message": {"message_id": 8, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7005, "type": "private", "first_name": "Rina Contoh"}, "date": 1795393800, "edit_date": 1795393800, "text": "\ud83d\udee0 PENANGANAN SW-2026-0001 \u00b7 langkah 5 dari 9\nSIMPEG tidak dapat dibuka\n\nPelapor: Budi Contoh, Subbagian Kepegawaian\nSifat: biasa\nTenggat: Rab 25 Nov 08.30 WITA (sisa 2 hari kerja dari 2 hari)\nPetugas: Rina Contoh\n\nSari Contoh (Kasubbag Humas), 08.30 WITA \u00b7 diteruskan \n\nRiwayat\nKarel Contoh (Kakanwil), 08.30 WITA \u00b7 diteruskan \nDina Contoh (Kadiv), 08.30 WITA \u00b7 diteruskan \nBram Contoh (Kabag P2L), 08.30 WITA \u00b7 diteruskan", "entities": [{"type": "bold", "offset": 3, "length": 23}, {"type": "bold", "offset": 46, "length": 25}, {"type": "date_time", "unix_time": 1795566600, "offset": 139, "length": 21}, {"type": "expandable_blockquote", "offset": 271, "length": 152}], "reply_markup": {"inline_keyboard": [[{"callback_data": "GmAVOT262-4s-2Yq4MBO", "text": "\u2753 Tanya pelapor"}, {"callback_data": "6e5RQSLyvNVgIlWJfdG1", "text": "\ud83d\udcdd Laporan Evaluasi"}], [{"callback_data": "YOS5MMRJ1MON6z1tbvk0", "text": "\ud83d\uddfa Posisi SOP"}, {"callback_data": "9EzG6rVAX-b430xGTxFV", "text": "\ud83d\udd58 Linimasa"}]]}}, "chat_instance": "7000007005", "data": "6e5RQSLyvNVgIlWJfdG1"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000010,7005,'{"update_id": 480000010, "callback_query": {"id": "4100000000000009", "from": {"id": 7005, "is_bot": false, "first_name": "Rina Contoh", "language_code": "id"}, "message": {"message_id": 8, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7005, "type": "private", "first_name": "Rina Contoh"}, "date": 1795393800, "edit_date": 1795393800, "text": "\ud83d\udcdd LAPORAN EVALUASI SW-2026-0001\nrevisi 1 \u00b7 draf tersimpan 08.30 WITA\n\n\u2610 Temuan\n\u2610 Penyebab\n\u2610 Tindakan\n\u2610 Hasil\n\u2610 Rekomendasi\n\n\ud83d\udcce Belum ada lampiran\n\nBelum diisi: Temuan, Penyebab, Tindakan, Hasil, dan Rekomendasi.", "entities": [{"type": "bold", "offset": 3, "length": 29}, {"type": "bold", "offset": 73, "length": 6}, {"type": "bold", "offset": 82, "length": 8}, {"type": "bold", "offset": 93, "length": 8}, {"type": "bold", "offset": 104, "length": 5}, {"type": "bold", "offset": 112, "length": 11}], "reply_markup": {"inline_keyboard": [[{"callback_data": "YxIY3HfnN0PK0NUP0s-E", "text": "Isi Temuan"}, {"callback_data": "SYl5wQA2hC8qc1uqBpug", "text": "Isi Penyebab"}], [{"callback_data": "NvjJn57n_9_sAAJcnYw5", "text": "Isi Tindakan"}, {"callback_data": "frqDkW2mydDzbodceUNR", "text": "Isi Hasil"}], [{"callback_data": "sGiay2KqEZaumdH_JoE_", "text": "Isi Rekomendasi"}], [{"callback_data": "9KfSXQKVcwU7skXMU-5I", "text": "\ud83d\udcce Lampiran"}, {"callback_data": "5Ue_nk80h0LGamofxGxN", "text": "\ud83d\udcc4 Pratinjau"}], [{"callback_data": "QXhP2xRngdXAfyZ0klc3", "text": "\ud83d\udce8 Ajukan"}], [{"callback_data": "13cE7vMXxd6tw7y3A1bS", "text": "\u00ab Kembali"}]]}}, "chat_instance": "7000007005", "data": "YxIY3HfnN0PK0NUP0s-E"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000011,7005,'{"update_id": 480000011, "message": {"message_id": 10, "from": {"id": 7005, "is_bot": false, "first_name": "Rina Contoh", "language_code": "id"}, "chat": {"id": 7005, "type": "private", "first_name": "Rina Contoh"}, "date": 1795393800, "text": "Temuan telah dicatat."}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000012,7005,'{"update_id": 480000012, "callback_query": {"id": "4100000000000010", "from": {"id": 7005, "is_bot": false, "first_name": "Rina Contoh", "language_code": "id"}, "message": {"message_id": 11, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7005, "type": "private", "first_name": "Rina Contoh"}, "date": 1795393800, "text": "\ud83d\udcdd LAPORAN EVALUASI SW-2026-0001\nrevisi 1 \u00b7 draf tersimpan 08.30 WITA\n\n\u2611 Temuan: Temuan telah dicatat.\n\u2610 Penyebab\n\u2610 Tindakan\n\u2610 Hasil\n\u2610 Rekomendasi\n\n\ud83d\udcce Belum ada lampiran\n\nBelum diisi: Penyebab, Tindakan, Hasil, dan Rekomendasi.", "entities": [{"type": "bold", "offset": 3, "length": 29}, {"type": "bold", "offset": 73, "length": 6}, {"type": "bold", "offset": 105, "length": 8}, {"type": "bold", "offset": 116, "length": 8}, {"type": "bold", "offset": 127, "length": 5}, {"type": "bold", "offset": 135, "length": 11}], "reply_markup": {"inline_keyboard": [[{"callback_data": "lGcECBHxLnbA-KzemUED", "text": "Ubah Temuan"}, {"callback_data": "m75qKX8z-cotVEFq2spX", "text": "Isi Penyebab"}], [{"callback_data": "RgFacUa4y7hgx42d9Nda", "text": "Isi Tindakan"}, {"callback_data": "DwCjg6oDPc9DPpvVQuK4", "text": "Isi Hasil"}], [{"callback_data": "B3HdG9EBTNFtThbYr7GU", "text": "Isi Rekomendasi"}], [{"callback_data": "UqURx-NMlIXObRY2ivZT", "text": "\ud83d\udcce Lampiran"}, {"callback_data": "AOvj4nTC2mFxkyzhUoWI", "text": "\ud83d\udcc4 Pratinjau"}], [{"callback_data": "sfTeOsvY_2I5KwTiCyHz", "text": "\ud83d\udce8 Ajukan"}], [{"callback_data": "v6UTzBUevR_l-2t_fGj9", "text": "\u00ab Kembali"}]]}}, "chat_instance": "7000007005", "data": "m75qKX8z-cotVEFq2spX"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000013,7005,'{"update_id": 480000013, "message": {"message_id": 12, "from": {"id": 7005, "is_bot": false, "first_name": "Rina Contoh", "language_code": "id"}, "chat": {"id": 7005, "type": "private", "first_name": "Rina Contoh"}, "date": 1795393800, "text": "Penyebab telah dicatat."}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000014,7005,'{"update_id": 480000014, "callback_query": {"id": "4100000000000011", "from": {"id": 7005, "is_bot": false, "first_name": "Rina Contoh", "language_code": "id"}, "message": {"message_id": 13, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7005, "type": "private", "first_name": "Rina Contoh"}, "date": 1795393800, "text": "\ud83d\udcdd LAPORAN EVALUASI SW-2026-0001\nrevisi 1 \u00b7 draf tersimpan 08.30 WITA\n\n\u2611 Temuan: Temuan telah dicatat.\n\u2611 Penyebab: Penyebab telah dicatat.\n\u2610 Tindakan\n\u2610 Hasil\n\u2610 Rekomendasi\n\n\ud83d\udcce Belum ada lampiran\n\nBelum diisi: Tindakan, Hasil, dan Rekomendasi.", "entities": [{"type": "bold", "offset": 3, "length": 29}, {"type": "bold", "offset": 73, "length": 6}, {"type": "bold", "offset": 105, "length": 8}, {"type": "bold", "offset": 141, "length": 8}, {"type": "bold", "offset": 152, "length": 5}, {"type": "bold", "offset": 160, "length": 11}], "reply_markup": {"inline_keyboard": [[{"callback_data": "lzu3FCGnWjn6_i8w6LgL", "text": "Ubah Temuan"}, {"callback_data": "cupvZ1yBP2PDgBeZPQNM", "text": "Ubah Penyebab"}], [{"callback_data": "7F1NamIkX2e4L1yJUQeU", "text": "Isi Tindakan"}, {"callback_data": "P1SMFQnq071CqEIAr9F5", "text": "Isi Hasil"}], [{"callback_data": "ZTG6DOQhXZBrSX5j8Ne-", "text": "Isi Rekomendasi"}], [{"callback_data": "XOwVZeDO0G3xMH-sq3dr", "text": "\ud83d\udcce Lampiran"}, {"callback_data": "AuUUCAVcaMtJ42wedISQ", "text": "\ud83d\udcc4 Pratinjau"}], [{"callback_data": "21jbrK7OaAaHUj8QPBeM", "text": "\ud83d\udce8 Ajukan"}], [{"callback_data": "eFZS1fmfgQH9O0EDwif_", "text": "\u00ab Kembali"}]]}}, "chat_instance": "7000007005", "data": "7F1NamIkX2e4L1yJUQeU"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000015,7008,'{"update_id": 480000015, "message": {"message_id": 14, "from": {"id": 7008, "is_bot": false, "first_name": "Wati Contoh", "language_code": "id"}, "chat": {"id": 7008, "type": "private", "first_name": "Wati Contoh"}, "date": 1795393800, "text": "Mesin absensi mati"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000016,7008,'{"update_id": 480000016, "callback_query": {"id": "4100000000000012", "from": {"id": 7008, "is_bot": false, "first_name": "Wati Contoh", "language_code": "id"}, "message": {"message_id": 15, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7008, "type": "private", "first_name": "Wati Contoh"}, "date": 1795393800, "text": "\ud83d\udcdd Draf laporan\n\u201cMesin absensi mati\u201d", "entities": [{"type": "bold", "offset": 3, "length": 12}, {"type": "expandable_blockquote", "offset": 16, "length": 20}], "reply_markup": {"inline_keyboard": [[{"callback_data": "LFeNrjHRsofEJu4kyQKz", "style": "success", "text": "\ud83d\udce8 Kirim"}, {"callback_data": "uEz5X2RXmMLkr8fWHGPy", "text": "\u26a1 Sifat: biasa"}], [{"callback_data": "YDmK1KPnC_kWckKEBwnG", "text": "\u270f\ufe0f Ubah"}, {"callback_data": "nx7k7l6971CZVqhRJPz7", "text": "Batal"}]]}}, "chat_instance": "7000007008", "data": "LFeNrjHRsofEJu4kyQKz"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000017,7001,'{"update_id": 480000017, "callback_query": {"id": "4100000000000013", "from": {"id": 7001, "is_bot": false, "first_name": "Karel Contoh", "language_code": "id"}, "message": {"message_id": 17, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7001, "type": "private", "first_name": "Karel Contoh"}, "date": 1795393800, "text": "\ud83d\udccb DISPOSISI SW-2026-0002 \u00b7 langkah 1 dari 9\nMesin absensi mati\n\nPelapor: Wati Contoh, Subbagian Kepegawaian\nSifat: biasa\nTenggat: 09.00 WITA (sisa 30 menit kerja dari 30 menit)", "entities": [{"type": "bold", "offset": 3, "length": 22}, {"type": "bold", "offset": 45, "length": 18}, {"type": "date_time", "unix_time": 1795395600, "offset": 131, "length": 10}], "reply_markup": {"inline_keyboard": [[{"callback_data": "x3CggSL6p0y8TZRiBpTL", "style": "success", "text": "\u2705 Teruskan ke Kadiv"}], [{"callback_data": "3UX7dfhoVrJFsaMV-vkW", "text": "\ud83d\udcdd Instruksi & catatan"}, {"callback_data": "ELbzogmgdF1qjhf_YOpB", "style": "danger", "text": "\u26d4 Tolak"}], [{"callback_data": "n8Tj1w8ze8SIRfvH2QAc", "text": "\ud83d\uddfa Posisi SOP"}, {"callback_data": "0INGe09juGpAq2m0Rkyq", "text": "\ud83d\udd58 Linimasa"}]]}}, "chat_instance": "7000007001", "data": "3UX7dfhoVrJFsaMV-vkW"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000018,7001,'{"update_id": 480000018, "callback_query": {"id": "4100000000000014", "from": {"id": 7001, "is_bot": false, "first_name": "Karel Contoh", "language_code": "id"}, "message": {"message_id": 17, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7001, "type": "private", "first_name": "Karel Contoh"}, "date": 1795393800, "edit_date": 1795393800, "text": "\ud83d\udccb DISPOSISI SW-2026-0002 \u00b7 langkah 1 dari 9\nMesin absensi mati\n\nPelapor: Wati Contoh, Subbagian Kepegawaian\nSifat: biasa\nTenggat: 09.00 WITA (sisa 30 menit kerja dari 30 menit)\n\n\ud83d\udcdd Centang instruksi atau tulis catatan untuk Kadiv:", "entities": [{"type": "bold", "offset": 3, "length": 22}, {"type": "bold", "offset": 45, "length": 18}, {"type": "date_time", "unix_time": 1795395600, "offset": 131, "length": 10}], "reply_markup": {"inline_keyboard": [[{"callback_data": "ef-q0-E3FcqXWEEcacIq", "text": "\u2610 Tindak lanjuti"}, {"callback_data": "-Emq5dGtBCYFKxRwWHD-", "text": "\u2610 Koordinasikan"}], [{"callback_data": "V5zvsRCvDU24tB2fqLb0", "text": "\u2610 Prioritaskan"}, {"callback_data": "Kie5mZVO1_EU9MrfpgR5", "text": "\u2610 Pelajari dan beri saran"}], [{"callback_data": "Qoshw4pmBE0oIFY79XjJ", "text": "\u2610 Laporkan hasilnya"}], [{"callback_data": "ObT0yfjOSsIeUHkJvAzz", "text": "\u270d\ufe0f Tulis catatan"}], [{"callback_data": "x3CggSL6p0y8TZRiBpTL", "style": "success", "text": "\u2705 Teruskan ke Kadiv"}], [{"callback_data": "2Rib6vd8JQ8QMPWrR9Dk", "text": "\u00ab Kembali"}]]}}, "chat_instance": "7000007001", "data": "ef-q0-E3FcqXWEEcacIq"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000019,7001,'{"update_id": 480000019, "callback_query": {"id": "4100000000000015", "from": {"id": 7001, "is_bot": false, "first_name": "Karel Contoh", "language_code": "id"}, "message": {"message_id": 17, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7001, "type": "private", "first_name": "Karel Contoh"}, "date": 1795393800, "edit_date": 1795393800, "text": "\ud83d\udccb DISPOSISI SW-2026-0002 \u00b7 langkah 1 dari 9\nMesin absensi mati\n\nPelapor: Wati Contoh, Subbagian Kepegawaian\nSifat: biasa\nTenggat: 09.00 WITA (sisa 30 menit kerja dari 30 menit)\n\nDisiapkan: \u2611 Tindak lanjuti \n\n\ud83d\udcdd Centang instruksi atau tulis catatan untuk Kadiv:", "entities": [{"type": "bold", "offset": 3, "length": 22}, {"type": "bold", "offset": 45, "length": 18}, {"type": "date_time", "unix_time": 1795395600, "offset": 131, "length": 10}], "reply_markup": {"inline_keyboard": [[{"callback_data": "ef-q0-E3FcqXWEEcacIq", "text": "\u2611 Tindak lanjuti"}, {"callback_data": "-Emq5dGtBCYFKxRwWHD-", "text": "\u2610 Koordinasikan"}], [{"callback_data": "V5zvsRCvDU24tB2fqLb0", "text": "\u2610 Prioritaskan"}, {"callback_data": "Kie5mZVO1_EU9MrfpgR5", "text": "\u2610 Pelajari dan beri saran"}], [{"callback_data": "Qoshw4pmBE0oIFY79XjJ", "text": "\u2610 Laporkan hasilnya"}], [{"callback_data": "ObT0yfjOSsIeUHkJvAzz", "text": "\u270d\ufe0f Tulis catatan"}], [{"callback_data": "x3CggSL6p0y8TZRiBpTL", "style": "success", "text": "\u2705 Teruskan ke Kadiv"}], [{"callback_data": "2Rib6vd8JQ8QMPWrR9Dk", "text": "\u00ab Kembali"}]]}}, "chat_instance": "7000007001", "data": "ObT0yfjOSsIeUHkJvAzz"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000020,7008,'{"update_id": 480000020, "message": {"message_id": 18, "from": {"id": 7008, "is_bot": false, "first_name": "Wati Contoh", "language_code": "id"}, "chat": {"id": 7008, "type": "private", "first_name": "Wati Contoh"}, "date": 1795393800, "text": "SAKTI lambat sejak pagi"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000021,7007,'{"update_id": 480000021, "message": {"message_id": 20, "from": {"id": 7007, "is_bot": false, "first_name": "Budi Contoh", "language_code": "id"}, "chat": {"id": 7007, "type": "private", "first_name": "Budi Contoh"}, "date": 1795393800, "text": "Printer tidak mencetak"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000022,7007,'{"update_id": 480000022, "callback_query": {"id": "4100000000000016", "from": {"id": 7007, "is_bot": false, "first_name": "Budi Contoh", "language_code": "id"}, "message": {"message_id": 21, "from": {"id": 1234567890, "is_bot": true, "first_name": "Disposisi", "username": "disposisi_bot"}, "chat": {"id": 7007, "type": "private", "first_name": "Budi Contoh"}, "date": 1795393800, "text": "\ud83d\udcdd Draf laporan\n\u201cPrinter tidak mencetak\u201d", "entities": [{"type": "bold", "offset": 3, "length": 12}, {"type": "expandable_blockquote", "offset": 16, "length": 24}], "reply_markup": {"inline_keyboard": [[{"callback_data": "0BIOSbQSx19Q_u3gpfC1", "style": "success", "text": "\ud83d\udce8 Kirim"}, {"callback_data": "0mmJxpLmcDkyUYIAGKen", "text": "\u26a1 Sifat: biasa"}], [{"callback_data": "Md2UYZ6YN7ic8YS14qaQ", "text": "\u270f\ufe0f Ubah"}, {"callback_data": "Xm6LyPsdTqtlw3eyGzZo", "text": "Batal"}]]}}, "chat_instance": "7000007007", "data": "0BIOSbQSx19Q_u3gpfC1"}}','2026-11-23 00:30:00.000000','done',0,NULL);
INSERT INTO "inbox" VALUES(480000023,7001,'{"update_id": 480000023, "message": {"message_id": 22, "from": {"id": 7001, "is_bot": false, "first_name": "Karel Contoh", "language_code": "id"}, "chat": {"id": 7001, "type": "private", "first_name": "Karel Contoh"}, "date": 1795393800, "text": "Mohon segera."}}','2026-11-23 00:30:00.000000','waiting',0,NULL);
CREATE TABLE invites (
	id INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	post VARCHAR(64), 
	issued_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	claimed_by BIGINT, 
	claimed_at DATETIME, 
	CONSTRAINT pk_invites PRIMARY KEY (id), 
	CONSTRAINT fk_invites_post_posts FOREIGN KEY(post) REFERENCES posts (code), 
	CONSTRAINT uq_invites_digest UNIQUE (digest)
);
CREATE TABLE journal_chains (
	id INTEGER NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	length BIGINT NOT NULL, 
	head BLOB NOT NULL, 
	CONSTRAINT pk_journal_chains PRIMARY KEY (id), 
	CONSTRAINT uq_journal_chains_subject UNIQUE (subject)
);
INSERT INTO "journal_chains" VALUES(1,'case:SW-2026-0001',6,X'7745B349D3F7764F32E819C0CE6380F209D8BA3D3393D03DC68AF808D5583EC0');
INSERT INTO "journal_chains" VALUES(2,'case:SW-2026-0002',1,X'81D31D8E74771110A3E1AF1C30A158DBC1B8102EF8BDC0FA52841F1A5DA7CA2A');
INSERT INTO "journal_chains" VALUES(3,'case:SW-2026-0003',1,X'72743845B62567BEBFE4A6B00004E4DEBD784BACE5AA0F110E05CC4E9F8401DD');
CREATE TABLE journal_entries (
	chain_id INTEGER NOT NULL, 
	sequence BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id BIGINT, 
	capacity VARCHAR(80) NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	digest BLOB NOT NULL, 
	previous BLOB NOT NULL, 
	hash BLOB NOT NULL, 
	CONSTRAINT pk_journal_entries PRIMARY KEY (chain_id, sequence), 
	CONSTRAINT fk_journal_entries_chain_id_journal_chains FOREIGN KEY(chain_id) REFERENCES journal_chains (id)
);
INSERT INTO "journal_entries" VALUES(1,1,'2026-11-23 00:30:00.000000',7,'reporter','report',X'D73E3093011CCA3310E2C5794EB08EEA6547AA5C75BD903865DF3BE6EE602315',X'0000000000000000000000000000000000000000000000000000000000000000',X'B2EE904DC19DCB4245EEBE0731D694A8171F9B19D6D55CDA5A82101BD1D83D1D');
INSERT INTO "journal_entries" VALUES(1,2,'2026-11-23 00:30:00.000000',1,'definitive:kakanwil','forward',X'CD6917A1EEB898EBE566D6E0E87C8CDD525CBB043CE16B221B1609B4D8D95182',X'B2EE904DC19DCB4245EEBE0731D694A8171F9B19D6D55CDA5A82101BD1D83D1D',X'EBFC0341B21F3CD8CDAF00535A519426AEFC5E97E0C9901A1962F7E8268D59C1');
INSERT INTO "journal_entries" VALUES(1,3,'2026-11-23 00:30:00.000000',2,'definitive:kadiv','forward',X'4A0D37D175AADD705C6BB0BB05F250214B02FB85BA9FEC548E70AA457A0642DD',X'EBFC0341B21F3CD8CDAF00535A519426AEFC5E97E0C9901A1962F7E8268D59C1',X'47A38A2617AE3EE7F167A3E1C2719C2DA93EBB5837100B237E5C0397F9E423AF');
INSERT INTO "journal_entries" VALUES(1,4,'2026-11-23 00:30:00.000000',3,'definitive:kabag-p2l','forward',X'97AD38162543423AEA7D6BCB645461A4A0EE5A0A457B50CAC1561C9E525D9F5D',X'47A38A2617AE3EE7F167A3E1C2719C2DA93EBB5837100B237E5C0397F9E423AF',X'0A5AA8A028FB811D6513D8D6A84B245380392B3C852A374F38A4F9F1EAAA5C6F');
INSERT INTO "journal_entries" VALUES(1,5,'2026-11-23 00:30:00.000000',4,'definitive:kasubbag-humas','forward',X'B1D37CC381AA554DFBC30F9184F4DE22F9A219FB925DE965EEDCCB2F62CAE5D8',X'0A5AA8A028FB811D6513D8D6A84B245380392B3C852A374F38A4F9F1EAAA5C6F',X'ACCBF4987FAF5A786CA74400689A06BA7C798C52512498F18E73D9F51C353E02');
INSERT INTO "journal_entries" VALUES(1,6,'2026-11-23 00:30:00.000000',5,'definitive:jft-prakom','start',X'B76B943C83581C2F55B8B25BFE382F9F6A73898A48F98EA166F8370216DACEA3',X'ACCBF4987FAF5A786CA74400689A06BA7C798C52512498F18E73D9F51C353E02',X'7745B349D3F7764F32E819C0CE6380F209D8BA3D3393D03DC68AF808D5583EC0');
INSERT INTO "journal_entries" VALUES(2,1,'2026-11-23 00:30:00.000000',8,'reporter','report',X'1055671FA84E9A6A25C836F5543F4DEAC953543C7FAF9D2B67FAE40C7EE4EE9C',X'0000000000000000000000000000000000000000000000000000000000000000',X'81D31D8E74771110A3E1AF1C30A158DBC1B8102EF8BDC0FA52841F1A5DA7CA2A');
INSERT INTO "journal_entries" VALUES(3,1,'2026-11-23 00:30:00.000000',7,'reporter','report',X'1F2DE5ADC88BFAA8846B4FF81B2C2BED55CA2430D2CC5A94AA658E88B40C845F',X'0000000000000000000000000000000000000000000000000000000000000000',X'72743845B62567BEBFE4A6B00004E4DEBD784BACE5AA0F110E05CC4E9F8401DD');
CREATE TABLE journal_payloads (
	chain_id BIGINT NOT NULL, 
	sequence BIGINT NOT NULL, 
	salt BLOB NOT NULL, 
	body JSON, 
	CONSTRAINT pk_journal_payloads PRIMARY KEY (chain_id, sequence), 
	CONSTRAINT fk_journal_payloads_chain_id_sequence_journal_entries FOREIGN KEY(chain_id, sequence) REFERENCES journal_entries (chain_id, sequence)
);
INSERT INTO "journal_payloads" VALUES(1,1,X'287DA508E91B29570FF2EF9444D4E806','{"text": "SIMPEG tidak dapat dibuka", "classification": "biasa", "opened": {"step": 1, "round": 1, "post": "kakanwil", "due": "2026-11-23T01:00:00+00:00", "assignee": null}}');
INSERT INTO "journal_payloads" VALUES(1,2,X'57EBCB42C599C80E977F92E5942CC642','{"step": 1, "round": 1, "outcome": "forwarded", "opened": {"step": 2, "round": 1, "post": "kadiv", "due": "2026-11-23T01:00:00+00:00", "assignee": null}}');
INSERT INTO "journal_payloads" VALUES(1,3,X'C690B637EE231DE7F34A0A52E9143AD4','{"step": 2, "round": 1, "outcome": "forwarded", "opened": {"step": 3, "round": 1, "post": "kabag-p2l", "due": "2026-11-23T01:00:00+00:00", "assignee": null}}');
INSERT INTO "journal_payloads" VALUES(1,4,X'0D8DD9236E43BB3F2417FE1660D7B9EB','{"step": 3, "round": 1, "outcome": "forwarded", "opened": {"step": 4, "round": 1, "post": "kasubbag-humas", "due": "2026-11-23T01:00:00+00:00", "assignee": null}}');
INSERT INTO "journal_payloads" VALUES(1,5,X'C972D376109DE46BC9D4AFFF3002D3DE','{"step": 4, "round": 1, "outcome": "forwarded", "opened": {"step": 5, "round": 1, "post": "jft-prakom", "due": "2026-11-25T00:30:00+00:00", "assignee": 5}}');
INSERT INTO "journal_payloads" VALUES(1,6,X'03F85576EF385E6C30D0675247C748FA','{"step": 5, "round": 1}');
INSERT INTO "journal_payloads" VALUES(2,1,X'4C333CD83D55B2AFD9E4385F09E71C7D','{"text": "Mesin absensi mati", "classification": "biasa", "opened": {"step": 1, "round": 1, "post": "kakanwil", "due": "2026-11-23T01:00:00+00:00", "assignee": null}}');
INSERT INTO "journal_payloads" VALUES(3,1,X'C0977182D5D7E6A5167879DC2B1F3110','{"text": "Printer tidak mencetak", "classification": "biasa", "opened": {"step": 1, "round": 1, "post": "kakanwil", "due": "2026-11-23T01:00:00+00:00", "assignee": null}}');
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	priority VARCHAR(32) NOT NULL, 
	chat_id BIGINT NOT NULL, 
	person_id INTEGER, 
	case_id INTEGER, 
	task_id INTEGER, 
	card_id INTEGER, 
	body JSON NOT NULL, 
	once VARCHAR(120), 
	owed_at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	attempts BIGINT NOT NULL, 
	doubtful BIGINT NOT NULL, 
	settled_at DATETIME, 
	failure TEXT, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT fk_outbox_card_id_cards FOREIGN KEY(card_id) REFERENCES cards (id), 
	CONSTRAINT fk_outbox_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_outbox_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_outbox_task_id_tasks FOREIGN KEY(task_id) REFERENCES tasks (id), 
	CONSTRAINT uq_outbox_once UNIQUE (once)
);
INSERT INTO "outbox" VALUES(1,'card','0-answer',7007,7,NULL,NULL,1,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(2,'card','1-card',7001,1,1,1,2,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(3,'card','0-answer',7007,7,1,NULL,3,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(4,'refresh','1-card',7007,7,NULL,NULL,1,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(5,'refresh','1-card',7001,1,1,1,2,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(6,'card','1-card',7002,2,1,2,4,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(7,'refresh','1-card',7007,7,1,NULL,3,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(8,'refresh','1-card',7002,2,1,2,4,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(9,'card','1-card',7003,3,1,3,5,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(10,'refresh','1-card',7007,7,1,NULL,3,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(11,'refresh','1-card',7003,3,1,3,5,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(12,'card','1-card',7004,4,1,4,6,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(13,'refresh','1-card',7007,7,1,NULL,3,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(14,'refresh','1-card',7004,4,NULL,NULL,6,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(15,'refresh','1-card',7004,4,1,4,6,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(16,'card','1-card',7005,5,1,5,7,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(17,'refresh','1-card',7007,7,1,NULL,3,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(18,'refresh','1-card',7005,5,1,5,7,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(19,'refresh','1-card',7007,7,1,NULL,3,'{}',NULL,'2026-11-23 00:30:00.000000','not-needed',0,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(20,'say','2-information',7007,7,1,NULL,NULL,'{"code": "news-started", "data": {"number": "SW-2026-0001", "name": "Rina Contoh", "role": "JFT Prakom"}}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(21,'refresh','1-card',7005,5,NULL,NULL,7,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(22,'refresh','1-card',7005,5,NULL,NULL,7,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(23,'refresh','1-card',7005,5,1,5,7,'{}',NULL,'2026-11-23 00:30:00.000000','not-needed',0,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(24,'refresh','1-card',7007,7,1,NULL,3,'{}',NULL,'2026-11-23 00:30:00.000000','not-needed',0,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(25,'refresh','1-card',7005,5,1,5,7,'{}',NULL,'2026-11-23 00:30:00.000000','not-needed',0,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(26,'card','1-card',7005,5,1,5,8,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(27,'withdraw','2-information',7005,5,NULL,NULL,7,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(28,'refresh','1-card',7005,5,NULL,NULL,8,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(29,'refresh','1-card',7005,5,1,5,8,'{}',NULL,'2026-11-23 00:30:00.000000','not-needed',0,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(30,'refresh','1-card',7007,7,1,NULL,3,'{}',NULL,'2026-11-23 00:30:00.000000','not-needed',0,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(31,'refresh','1-card',7005,5,1,5,8,'{}',NULL,'2026-11-23 00:30:00.000000','not-needed',0,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(32,'card','1-card',7005,5,1,5,9,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(33,'withdraw','2-information',7005,5,NULL,NULL,8,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(34,'refresh','1-card',7005,5,NULL,NULL,9,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(35,'card','0-answer',7008,8,NULL,NULL,10,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(36,'card','1-card',7001,1,2,6,11,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(37,'card','0-answer',7008,8,2,NULL,12,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(38,'refresh','1-card',7008,8,NULL,NULL,10,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(39,'refresh','1-card',7001,1,NULL,NULL,11,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(40,'refresh','1-card',7001,1,NULL,NULL,11,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(41,'refresh','1-card',7001,1,NULL,NULL,11,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(42,'card','0-answer',7008,8,NULL,NULL,13,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(43,'card','0-answer',7007,7,NULL,NULL,14,'{}',NULL,'2026-11-23 00:30:00.000000','sent',1,0,'2026-11-23 00:30:00.000000',NULL);
INSERT INTO "outbox" VALUES(44,'card','1-card',7001,1,3,7,15,'{}',NULL,'2026-11-23 00:30:00.000000','owed',1,0,NULL,NULL);
INSERT INTO "outbox" VALUES(45,'card','0-answer',7007,7,3,NULL,16,'{}',NULL,'2026-11-23 00:30:00.000000','owed',1,0,NULL,NULL);
INSERT INTO "outbox" VALUES(46,'refresh','1-card',7007,7,NULL,NULL,14,'{}',NULL,'2026-11-23 00:30:00.000000','owed',0,0,NULL,NULL);
CREATE TABLE people (
	id INTEGER NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	nip VARCHAR(18) NOT NULL, 
	telegram_id BIGINT, 
	language VARCHAR(8) NOT NULL, 
	unit VARCHAR(200) NOT NULL, 
	is_admin BOOLEAN NOT NULL, 
	registered_at DATETIME NOT NULL, 
	unreachable_since DATETIME, 
	CONSTRAINT pk_people PRIMARY KEY (id), 
	CONSTRAINT uq_people_nip UNIQUE (nip), 
	CONSTRAINT uq_people_telegram_id UNIQUE (telegram_id)
);
INSERT INTO "people" VALUES(1,'Karel Contoh','198001012005012001',7001,'id','Subbagian Kepegawaian',0,'2026-10-24 00:30:00.000000',NULL);
INSERT INTO "people" VALUES(2,'Dina Contoh','198001012005011002',7002,'id','Subbagian Kepegawaian',0,'2026-10-24 00:30:00.000000',NULL);
INSERT INTO "people" VALUES(3,'Bram Contoh','198001012005012003',7003,'id','Subbagian Kepegawaian',0,'2026-10-24 00:30:00.000000',NULL);
INSERT INTO "people" VALUES(4,'Sari Contoh','198001012005011004',7004,'id','Subbagian Kepegawaian',1,'2026-10-24 00:30:00.000000',NULL);
INSERT INTO "people" VALUES(5,'Rina Contoh','198001012005012005',7005,'id','Subbagian Kepegawaian',0,'2026-10-24 00:30:00.000000',NULL);
INSERT INTO "people" VALUES(6,'Andi Contoh','198001012005011006',7006,'id','Subbagian Kepegawaian',0,'2026-10-24 00:30:00.000000',NULL);
INSERT INTO "people" VALUES(7,'Budi Contoh','198001012005012007',7007,'id','Subbagian Kepegawaian',0,'2026-10-24 00:30:00.000000',NULL);
INSERT INTO "people" VALUES(8,'Wati Contoh','198001012005011008',7008,'id','Subbagian Kepegawaian',0,'2026-10-24 00:30:00.000000',NULL);
CREATE TABLE posts (
	code VARCHAR(64) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	short VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_posts PRIMARY KEY (code)
);
INSERT INTO "posts" VALUES('kakanwil','Kepala Kantor Wilayah','Kakanwil');
INSERT INTO "posts" VALUES('kadiv','Kepala Divisi Administrasi','Kadiv');
INSERT INTO "posts" VALUES('kabag-p2l','Kabag P2L','Kabag P2L');
INSERT INTO "posts" VALUES('kasubbag-humas','Kasubbag Humas, RB & IT','Kasubbag Humas');
INSERT INTO "posts" VALUES('jft-prakom','JFT Prakom','JFT Prakom');
CREATE TABLE questions (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	task_id INTEGER NOT NULL, 
	asked_by_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	asked_at DATETIME NOT NULL, 
	answer TEXT, 
	answered_at DATETIME, 
	CONSTRAINT pk_questions PRIMARY KEY (id), 
	CONSTRAINT fk_questions_asked_by_id_people FOREIGN KEY(asked_by_id) REFERENCES people (id), 
	CONSTRAINT fk_questions_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_questions_task_id_tasks FOREIGN KEY(task_id) REFERENCES tasks (id)
);
CREATE TABLE registers (
	prefix VARCHAR(8) NOT NULL, 
	year BIGINT NOT NULL, 
	last BIGINT NOT NULL, 
	CONSTRAINT pk_registers PRIMARY KEY (prefix, year)
);
INSERT INTO "registers" VALUES('SW',2026,3);
CREATE TABLE registrations (
	telegram_id BIGINT NOT NULL, 
	invite_id INTEGER NOT NULL, 
	nip VARCHAR(18), 
	name VARCHAR(100), 
	begun_at DATETIME NOT NULL, 
	waits_since DATETIME, 
	CONSTRAINT pk_registrations PRIMARY KEY (telegram_id), 
	CONSTRAINT fk_registrations_invite_id_invites FOREIGN KEY(invite_id) REFERENCES invites (id)
);
CREATE TABLE remarks (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	task_id INTEGER NOT NULL, 
	by_id INTEGER NOT NULL, 
	capacity VARCHAR(80) NOT NULL, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_remarks PRIMARY KEY (id), 
	CONSTRAINT fk_remarks_by_id_people FOREIGN KEY(by_id) REFERENCES people (id), 
	CONSTRAINT fk_remarks_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_remarks_task_id_tasks FOREIGN KEY(task_id) REFERENCES tasks (id)
);
CREATE TABLE report_drafts (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	classification VARCHAR(32) NOT NULL, 
	sop VARCHAR(64) NOT NULL, 
	files JSON NOT NULL, 
	messages JSON NOT NULL, 
	previous_case_id INTEGER, 
	card_id INTEGER, 
	begun_at DATETIME NOT NULL, 
	CONSTRAINT pk_report_drafts PRIMARY KEY (id), 
	CONSTRAINT fk_report_drafts_card_id_cards FOREIGN KEY(card_id) REFERENCES cards (id), 
	CONSTRAINT fk_report_drafts_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_report_drafts_previous_case_id_cases FOREIGN KEY(previous_case_id) REFERENCES cases (id), 
	CONSTRAINT uq_report_drafts_person_id UNIQUE (person_id)
);
INSERT INTO "report_drafts" VALUES(1,8,'SAKTI lambat sejak pagi','biasa','penanganan-masalah-software','[]','[{"message_id": 18, "text": "SAKTI lambat sejak pagi", "album": null, "file": null}]',NULL,13,'2026-11-23 00:30:00.000000');
CREATE TABLE sop_versions (
	id INTEGER NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	version BIGINT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	text TEXT NOT NULL, 
	loaded_at DATETIME NOT NULL, 
	CONSTRAINT pk_sop_versions PRIMARY KEY (id), 
	CONSTRAINT uq_sop_versions_code_digest UNIQUE (code, digest), 
	CONSTRAINT uq_sop_versions_code_version UNIQUE (code, version)
);
INSERT INTO "sop_versions" VALUES(1,'penanganan-masalah-software',1,'6df02c65bacc6a67f1b52efb659e682f717e04655c5d4f81e9c25eb48cfafac0','# SOP W.25-OT.02.02-1472, Penanganan Masalah Software, as data.
#
# Everything the document says stands here in its own words, its spelling included ("Pt.", "diposisi", "JFT Pracom",
# "Di Simpan"). Ours are only: code, prefix, instructions, the codes of roles and related SOPs, and each step''s role,
# kind and short.

code = "penanganan-masalah-software"
prefix = "SW"

number = "W.25-OT.02.02-1472"
title = "PENANGANAN MASALAH SOFTWARE"
heading = "STANDAR OPERASIONAL PROSEDUR PENANGANAN MASALAH SOFTWARE"
created = 2019-12-20
effective = 2022-01-10
# The document leaves TGL.REVISI empty, so there is no “revised” here.

institution = [
    "KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA",
    "KANTOR WILAYAH SULAWESI UTARA",
    "DIVISI ADMINISTRASI",
]

legal_basis = [
    "Undang-Undang Nomor 11 Tahun 2008 tentang Informasi dan Transaksi Elektronik",
    "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
    "Peraturan Menteri Hukum Dan Hak Asasi Manusia Nomor 24 Tahun 2018 tentang Perubahan Ketiga Atas Peraturan Menteri Hukum Dan Hak Asasi Manusia Nomor 29 Tahun 2015 Tentang Organisasi Dan Tata Kerja Kementerian Hukum Dan Hak Asasi Manusia Republik Indonesia",
]
qualifications = [
    "Memiliki kemampuan Bahasa Pemrograman Komputer",
    "Memiliki pemahaman di bidang TI",
    "Memiliki Pengetahuan di bidang jaringan",
]
equipment = ["Komputer", "Jaringan Internet"]
warning = "Apabila SOP tidak dilaksanakan dengan baik maka proses pemeliharaan perangkat lunak di lingkungan Kantor Wilayah tidak berjalan dengan baik"
record_keeping = "Di Simpan sebagai data elektronik dan manual jika surat saat diperlukan kembali"

# The boxes an assigner may tick on a disposition; the document leaves them to the disposition sheet.
instructions = [
    "Tindak lanjuti",
    "Koordinasikan",
    "Prioritaskan",
    "Pelajari dan beri saran",
    "Laporkan hasilnya",
]

[approval]
capacity = "Pt. KEPALA KANTOR WILAYAH"
statement = "Ditandatangani secara elektronik oleh"
name = "JONNY PESTA SIMAMORA"
nip = "19731225 199303 1 001"

[[related]]
title = "Penanganan Masalah Hardware"
code = "penanganan-masalah-hardware"

# The columns of the table, from left to right. “aliases” are the other names the document uses for the same role.

[[roles]]
code = "kakanwil"
title = "Kakanwil"
aliases = ["KEPALA KANTOR WILAYAH"]

[[roles]]
code = "kadiv"
title = "Kadiv"
aliases = ["Kepala Divisi Administrasi"]

[[roles]]
code = "kabag-p2l"
title = "Kabag P2L"
aliases = ["Kabag PDH"]

[[roles]]
code = "kasubbag-humas"
title = "Kasubbag Humas, RB & IT"
aliases = ["Kasubbag HTI & RB", "Kasubbag Humas"]

[[roles]]
code = "jft-prakom"
title = "JFT Prakom"
heading = "JFT PRAKOM"
aliases = ["JFT Pracom"]

# The Pegawai reports, answers questions and is told the result; no step is theirs.
[[roles]]
code = "pegawai"
title = "Pegawai"

# The text of the document lost the boxes of its flow chart: only MULAI and SELESAI, both in the Kakanwil''s column, are
# left. The roles of steps 1 to 4 follow from whom each of them assigns; the roles of steps 5 to 9 are read from the
# verbs (mengidentifikasi, mengkoreksi, menyetujui, menerima), going back up the way the disposition came down.

[[steps]]
number = 1
activity = "Menugaskan Kepala Divisi Administrasi terkait laporan permasalahan software/perangkat lunak"
short = "Menugaskan Kadiv"
role = "kakanwil"
kind = "assign"
requires = "Disposisi"
standard = "30 menit"
output = "Disposisi"
note = ""
mark = "MULAI"

[[steps]]
number = 2
activity = "Menugaskan Kabag PDH untuk menindaklanjuti disposisi permasalahan software/perangkat lunak"
short = "Menugaskan Kabag"
role = "kadiv"
kind = "assign"
requires = "Disposisi"
standard = "30 menit"
output = "Disposisi"
note = ""

[[steps]]
number = 3
activity = "Menugaskan Kasubbag HTI & RB, untuk menindaklanjuti disposisi software/perangkat lunak"
short = "Menugaskan Kasubbag"
role = "kabag-p2l"
kind = "assign"
requires = "Disposisi"
standard = "30 menit"
output = "Disposisi"
note = ""

[[steps]]
number = 4
activity = "Kasubbag Humas menyampaikan kepada JFT Pracom terkait permasalahan jaringan/software/Hardware"
short = "Menyampaikan ke JFT Prakom"
role = "kasubbag-humas"
kind = "assign"
requires = "Disposisi"
standard = "30 menit"
output = "Disposisi"
note = ""

[[steps]]
number = 5
activity = "Mengidentifikasi permasalahan software/perangkat lunak dan melakukan Penanganan terhadap software/perangkat lunak"
short = "Identifikasi dan penanganan"
role = "jft-prakom"
kind = "handle"
requires = "diposisi"
standard = "2 hari"
output = "Laporan Evaluasi"
note = ""

[[steps]]
number = 6
activity = "Mengkoreksi Laporan evaluasi software/perangkat lunak"
short = "Koreksi laporan (Kasubbag)"
role = "kasubbag-humas"
kind = "correct"
requires = "Laporan Evaluasi"
standard = "1 hari"
output = "Laporan Evaluasi"
note = ""

[[steps]]
number = 7
activity = "Mengkoreksi Laporan evaluasi software/perangkat lunak"
short = "Koreksi laporan (Kabag)"
role = "kabag-p2l"
kind = "correct"
requires = "Laporan Evaluasi"
standard = "30 menit"
output = "Laporan Evaluasi"
note = ""

[[steps]]
number = 8
activity = "Menyetujui Laporan evaluasi software/perangkat lunak"
short = "Menyetujui laporan"
role = "kadiv"
kind = "approve"
requires = "Laporan Evaluasi"
standard = "30 menit"
output = "Laporan Evaluasi"
note = ""

[[steps]]
number = 9
activity = "Menerima dan mengetahui Laporan evaluasi software/perangkat lunak"
short = "Menerima laporan"
role = "kakanwil"
kind = "acknowledge"
requires = "Laporan Evaluasi"
standard = "30 menit"
output = "Laporan Evaluasi"
note = ""
mark = "SELESAI"
','2026-11-23 00:30:00.000000');
CREATE TABLE tasks (
	id INTEGER NOT NULL, 
	case_id INTEGER NOT NULL, 
	step BIGINT NOT NULL, 
	round BIGINT NOT NULL, 
	post VARCHAR(64) NOT NULL, 
	assignee_id INTEGER, 
	standard VARCHAR(32) NOT NULL, 
	opened_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	started_at DATETIME, 
	closed_at DATETIME, 
	outcome VARCHAR(32), 
	decided_by_id INTEGER, 
	decided_as VARCHAR(80), 
	instructions JSON NOT NULL, 
	note TEXT NOT NULL, 
	version BIGINT NOT NULL, 
	rung BIGINT NOT NULL, 
	chase_at DATETIME, 
	CONSTRAINT pk_tasks PRIMARY KEY (id), 
	CONSTRAINT fk_tasks_assignee_id_people FOREIGN KEY(assignee_id) REFERENCES people (id), 
	CONSTRAINT fk_tasks_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id), 
	CONSTRAINT fk_tasks_decided_by_id_people FOREIGN KEY(decided_by_id) REFERENCES people (id), 
	CONSTRAINT fk_tasks_post_posts FOREIGN KEY(post) REFERENCES posts (code)
);
INSERT INTO "tasks" VALUES(1,1,1,1,'kakanwil',NULL,'30 menit','2026-11-23 00:30:00.000000','2026-11-23 01:00:00.000000',NULL,'2026-11-23 00:30:00.000000','forwarded',1,'definitive:kakanwil','[]','',2,0,NULL);
INSERT INTO "tasks" VALUES(2,1,2,1,'kadiv',NULL,'30 menit','2026-11-23 00:30:00.000000','2026-11-23 01:00:00.000000',NULL,'2026-11-23 00:30:00.000000','forwarded',2,'definitive:kadiv','[]','',2,0,NULL);
INSERT INTO "tasks" VALUES(3,1,3,1,'kabag-p2l',NULL,'30 menit','2026-11-23 00:30:00.000000','2026-11-23 01:00:00.000000',NULL,'2026-11-23 00:30:00.000000','forwarded',3,'definitive:kabag-p2l','[]','',2,0,NULL);
INSERT INTO "tasks" VALUES(4,1,4,1,'kasubbag-humas',NULL,'30 menit','2026-11-23 00:30:00.000000','2026-11-23 01:00:00.000000',NULL,'2026-11-23 00:30:00.000000','forwarded',4,'definitive:kasubbag-humas','[]','',2,0,NULL);
INSERT INTO "tasks" VALUES(5,1,5,1,'jft-prakom',5,'2 hari','2026-11-23 00:30:00.000000','2026-11-25 00:30:00.000000','2026-11-23 00:30:00.000000',NULL,NULL,NULL,NULL,'[]','',4,0,'2026-11-24 06:00:00.000000');
INSERT INTO "tasks" VALUES(6,2,1,1,'kakanwil',NULL,'30 menit','2026-11-23 00:30:00.000000','2026-11-23 01:00:00.000000',NULL,NULL,NULL,NULL,NULL,'[]','',1,0,'2026-11-23 00:54:00.000000');
INSERT INTO "tasks" VALUES(7,3,1,1,'kakanwil',NULL,'30 menit','2026-11-23 00:30:00.000000','2026-11-23 01:00:00.000000',NULL,NULL,NULL,NULL,NULL,'[]','',1,0,'2026-11-23 00:54:00.000000');
CREATE TABLE tenures (
	id INTEGER NOT NULL, 
	post VARCHAR(64) NOT NULL, 
	person_id INTEGER NOT NULL, 
	capacity VARCHAR(32) NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME, 
	CONSTRAINT pk_tenures PRIMARY KEY (id), 
	CONSTRAINT fk_tenures_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_tenures_post_posts FOREIGN KEY(post) REFERENCES posts (code)
);
INSERT INTO "tenures" VALUES(1,'kakanwil',1,'definitive','2026-10-24 00:30:00.000000',NULL);
INSERT INTO "tenures" VALUES(2,'kadiv',2,'definitive','2026-10-24 00:30:00.000000',NULL);
INSERT INTO "tenures" VALUES(3,'kabag-p2l',3,'definitive','2026-10-24 00:30:00.000000',NULL);
INSERT INTO "tenures" VALUES(4,'kasubbag-humas',4,'definitive','2026-10-24 00:30:00.000000',NULL);
INSERT INTO "tenures" VALUES(5,'jft-prakom',5,'definitive','2026-10-24 00:30:00.000000',NULL);
INSERT INTO "tenures" VALUES(6,'jft-prakom',6,'definitive','2026-10-24 00:30:00.000000',NULL);
CREATE INDEX ix_inbox_received_at ON inbox (received_at);
CREATE INDEX ix_inbox_waiting ON inbox (received_at, update_id) WHERE state = 'waiting';
CREATE INDEX ix_cases_open ON cases (id) WHERE state = 'open';
CREATE INDEX ix_cases_reporter_id_id ON cases (reporter_id, id);
CREATE INDEX ix_tenures_person_id_ends_at ON tenures (person_id, ends_at);
CREATE INDEX ix_tenures_post_ends_at ON tenures (post, ends_at);
CREATE INDEX ix_tasks_case_id ON tasks (case_id);
CREATE INDEX ix_tasks_chase_at ON tasks (chase_at) WHERE chase_at IS NOT NULL;
CREATE INDEX ix_tasks_open ON tasks (post) WHERE closed_at IS NULL;
CREATE INDEX ix_attachments_case_id ON attachments (case_id);
CREATE INDEX ix_cards_chat_id_message_id ON cards (chat_id, message_id);
CREATE INDEX ix_cards_live_case ON cards (case_id) WHERE live = 1;
CREATE INDEX ix_cards_live_task ON cards (task_id) WHERE live = 1;
CREATE INDEX ix_questions_case_id ON questions (case_id);
CREATE INDEX ix_remarks_case_id ON remarks (case_id);
CREATE INDEX ix_outbox_owed ON outbox (chat_id, id) WHERE state = 'owed';
CREATE TRIGGER journal_entries_unchanged BEFORE UPDATE ON journal_entries
        BEGIN SELECT RAISE(ABORT, 'journal_entries is append-only'); END;
CREATE TRIGGER journal_entries_kept BEFORE DELETE ON journal_entries
        BEGIN SELECT RAISE(ABORT, 'journal_entries is append-only'); END;
CREATE TRIGGER journal_entries_not_replaced BEFORE INSERT ON journal_entries
        WHEN EXISTS (SELECT 1 FROM journal_entries WHERE chain_id = NEW.chain_id AND sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'journal_entries is append-only'); END;
CREATE TRIGGER journal_payloads_unchanged BEFORE UPDATE ON journal_payloads
        WHEN NEW.chain_id IS NOT OLD.chain_id OR NEW.sequence IS NOT OLD.sequence OR NEW.salt IS NOT OLD.salt
            OR (NEW.body IS NOT OLD.body AND NEW.body IS NOT NULL AND NEW.body <> 'null')
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased'); END;
CREATE TRIGGER journal_payloads_kept BEFORE DELETE ON journal_payloads
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased'); END;
CREATE TRIGGER journal_payloads_not_replaced BEFORE INSERT ON journal_payloads
        WHEN EXISTS (SELECT 1 FROM journal_payloads WHERE chain_id = NEW.chain_id AND sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'journal_payloads may only be erased'); END;
COMMIT;
