# The seal over the whole record, for the archive chat.

checkpoint-sealed =
    🔏 Checkpoint { $number } over the whole record, { $at }. Keep this message: with it can be proved that no report was deleted, cut off or written again.

    <pre>{ $note }</pre>
