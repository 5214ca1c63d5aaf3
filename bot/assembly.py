"""The composition root: every part of the program in the order it is made, and what it is given. No part looks one up.

It has two stages, because the parts that serve need the bot's name, and only Telegram knows it.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from telegram.ext import ApplicationBuilder

from bot.archive.contents import Archive
from bot.archive.place import archive_of
from bot.chaser import Chaser
from bot.clock import Clock
from bot.counting import Counting
from bot.fetcher import Fetcher
from bot.freshener import Freshener
from bot.health import Vitals
from bot.leadership import Leadership
from bot.loop.activity import Activity
from bot.loop.pauses import Pauses
from bot.menus import Menus
from bot.metrics import Metrics
from bot.news import News
from bot.notices.courier import Courier
from bot.notices.outbox import Outbox
from bot.notices.pace import OwnPace, Pace, Rates
from bot.notices.printing import Printing
from bot.notices.registers import Registers
from bot.notices.shared_pace import SharedPace
from bot.notices.spares import Spares
from bot.papers.workshop import Workshop
from bot.prompter import Prompter
from bot.pruning import Prune, Pruning
from bot.replicas.leases import Leases, Shared, Sole
from bot.replicas.presence import Alone, AmongOthers, Presence
from bot.rules import load_rules
from bot.sealing.places import Places
from bot.sealing.poster import Poster
from bot.sealing.sealer import Sealer
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.postgresql import Postgresql
from bot.storage.process_lock import ProcessLock
from bot.telegram.line import Line
from bot.updates.inbox import Inbox
from bot.updates.intake import AnyApplication, Intake
from bot.updates.polling import Polling
from bot.updates.rivals import Rivals, telling
from bot.updates.webhook import Webhook, WebhookKeeper
from bot.web import Web
from handlers import composed, routes
from handlers.chat.desk import Desk
from handlers.texts.catalogue import Texts
from models.queries.backlog import Outside
from models.repository.records import Records
from models.rules.rules import Rules
from models.upkeep import retention
from models.upkeep.files_over import let_files_go
from models.upkeep.forgetting import go_on_with_all
from models.upkeep.indexing import index_more
from models.upkeep.words_over import let_words_go

Leading = Callable[[], Coroutine[Any, Any, None]]
"""What one process of several does for all of them, until it is cancelled."""


@dataclass(frozen=True, slots=True)
class Foundation:
    """The parts that are there before Telegram is reached. `lock` and `web` are None where there is no need of them."""

    clock: Clock
    activity: Activity
    metrics: Metrics
    rules: Rules
    texts: Texts
    line: Line
    application: AnyApplication
    database: Database
    archive: Archive
    lock: ProcessLock | None
    presence: Presence
    vitals: Vitals
    webhook: Webhook | None
    web: Web | None
    quota: int | None
    places: Places
    workshop: Workshop


def lay_foundation(settings: Settings, *, clock: Clock) -> Foundation:
    """Make the parts that need nothing from Telegram. Opens nothing.

    Raises `InvalidSettings` without a token or for a proxy of the environment that cannot be used, `DatabaseUnusable`
    for a URL of no database, `MissingText` where a card lacks its words, and what `load_rules` raises.
    """
    metrics = Metrics()
    proxy = settings.proxy
    line = Line(
        settings.token.get_secret_value(),
        base_url=settings.telegram_base_url,
        proxy=None if proxy is None else proxy.get_secret_value(),
        metrics=metrics,
    )
    rules = load_rules(settings)
    texts = Texts.load(rules.office.calendar.zone)
    composed.require(texts)
    database = Database(settings.database_url, metrics=metrics)
    presence = _presence(database)
    outside = Outside(chat=settings.checkpoint_chat, address=settings.checkpoint_url is not None)
    vitals = Vitals(database=database, presence=presence, clock=clock, metrics=metrics, rules=rules, outside=outside)
    webhook = Webhook.of(settings)
    return Foundation(
        clock=clock,
        activity=Activity(),
        metrics=metrics,
        rules=rules,
        texts=texts,
        line=line,
        application=ApplicationBuilder().bot(line).updater(None).job_queue(None).build(),
        database=database,
        archive=archive_of(settings, beside=database.path),
        lock=ProcessLock(database.path) if database.path is not None else None,
        presence=presence,
        vitals=vitals,
        webhook=webhook,
        web=_web(settings, vitals, metrics, webhook),
        quota=settings.archive_quota,
        places=Places.of(settings, record=database.path),
        workshop=Workshop(settings.paper_templates),
    )


def _web(settings: Settings, vitals: Vitals, metrics: Metrics, webhook: Webhook | None) -> Web | None:
    listen, health = settings.listen, settings.health
    if listen is None and health is None:
        return None
    return Web(listen=listen, health=health, vitals=vitals, metrics=metrics, webhook=webhook)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that serve. Every process runs `intake` and `courier`; the leading one alone runs `leading`."""

    rules: Rules
    intake: Intake
    courier: Courier
    chaser: Chaser
    leading: tuple[Leading, ...]


def assemble(ground: Foundation, *, bot_username: str, rates: Rates, patience: timedelta) -> Parts:
    """Make the parts that serve, on `ground`, for the bot of this name. Begins nothing.

    `rates` bound what is sent to Telegram; `patience` is how long one getUpdates waits.
    """
    rules = replace(ground.rules, bot_username=bot_username)
    database, now = ground.database, ground.clock.now
    leases = _leases(database, ground.presence)
    courier = Courier(
        bot=ground.line,
        database=database,
        outbox=Outbox(rules=rules, texts=ground.texts, now=now, leases=leases),
        pace=_pace(rates, database),
        presence=ground.presence,
        activity=ground.activity,
        pauses=Pauses(),
        metrics=ground.metrics,
    )
    courier.print_with(
        Printing(bot=ground.line, database=database, rules=rules, typesetter=ground.workshop.typesetter(), now=now)
    )
    courier.send_out_of(Spares(bot=ground.line, database=database, archive=ground.archive))
    courier.make_by(Registers(database=database, rules=rules, texts=ground.texts, now=now))
    chaser = Chaser(
        database=database,
        rules=rules,
        clock=ground.clock,
        activity=ground.activity,
        audited=ground.vitals.audited,
        metrics=ground.metrics,
    )
    prompter = Prompter(database=database, rules=rules, clock=ground.clock, activity=ground.activity)
    freshener = Freshener(database=database, rules=rules, clock=ground.clock, activity=ground.activity)
    fetcher = Fetcher(
        line=ground.line,
        database=database,
        archive=ground.archive,
        rules=rules,
        clock=ground.clock,
        activity=ground.activity,
        quota=ground.quota,
    )
    desk = Desk(rules=rules, transact=database.transact, clock=now, texts=ground.texts, username=bot_username)
    routes.install(ground.application, desk)
    inbox = Inbox(rules=rules, now=now, leases=leases)
    intake = Intake(
        line=ground.line,
        database=database,
        inbox=inbox,
        application=ground.application,
        desk=desk,
        activity=ground.activity,
        pauses=Pauses(),
        metrics=ground.metrics,
    )
    ground.clock.on_jump(intake.clock_moved)
    tell = telling(database=database, rules=rules, now=now)
    rivals = Rivals(bot=ground.line, tell=tell, hindered=ground.vitals.called)
    source: WebhookKeeper | Polling
    if ground.webhook is not None:
        source = WebhookKeeper(
            bot=ground.line, webhook=ground.webhook, vitals=ground.vitals, rivals=rivals, clock=ground.clock
        )
    else:
        source = Polling(
            line=ground.line,
            store=intake.store,
            patience=patience,
            pauses=Pauses(),
            heard=ground.vitals.polled,
            rivals=rivals,
            metrics=ground.metrics,
        )
    prunes: list[Prune] = [inbox.prune, lambda session: retention.let_go(session, now())]
    prunes.append(lambda session: let_files_go(Records(session, rules=rules, at=now())))
    prunes.append(lambda session: go_on_with_all(Records(session, rules=rules, at=now())))
    prunes.append(lambda session: index_more(Records(session, rules=rules, at=now())))
    prunes.append(lambda session: let_words_go(Records(session, rules=rules, at=now())))
    if database.shared:
        prunes.append(SharedPace.prune)
        intake.when_full(News(database=database, presence=ground.presence).updates_wait)
    else:
        # Where several processes serve the chats, the claim on a chat would last as long as the decision takes.
        database.before_commit(courier.prepare)
    database.on_commit(courier.committed)
    database.on_commit(chaser.committed)
    menus = Menus(
        bot=ground.line,
        database=database,
        rules=rules,
        texts=ground.texts,
        clock=ground.clock,
        activity=ground.activity,
    )
    counting = Counting(database=database, rules=rules, clock=ground.clock, activity=ground.activity)
    for part in (intake, prompter, freshener, menus, fetcher, counting):
        database.on_commit(part.committed)
    pruning = Pruning(database=database, prunes=prunes)
    leading: list[Leading] = [source.run, chaser.run, prompter.run, freshener.run, menus.run, fetcher.run]
    leading += (pruning.run, counting.run)
    places = ground.places
    sealer = Sealer(database=database, rules=rules, clock=ground.clock, places=places)
    leading.append(sealer.run)
    if places.url is not None:
        leading.append(Poster(places.url, database=database, clock=ground.clock).run)
    if database.shared:
        leading.append(Leadership(database=database, presence=ground.presence, clock=ground.clock).run)
    return Parts(rules, intake, courier, chaser, leading=tuple(leading))


def _presence(database: Database) -> Presence:
    store = database.store
    if not isinstance(store, Postgresql):
        return Alone()
    return AmongOthers(store.connection_arguments, trouble=database.trouble, cause=store.cause)


def _leases(database: Database, presence: Presence) -> Leases:
    return Shared(presence) if database.shared else Sole()


def _pace(rates: Rates, database: Database) -> Pace:
    return SharedPace(rates, database=database) if database.shared and rates.bounded else OwnPace(rates)
