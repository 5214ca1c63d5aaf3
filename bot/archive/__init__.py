"""The bytes of attachments, each kept once under the digest of its content, outside the database."""
