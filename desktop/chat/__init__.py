"""The conductor, between every surface and the parts below: it knows the conversation, never a widget.

`assistant`: a request in, events out, saved by `answer_recorder`; `terminal` shows them where there is no window.
`request_reading`, `suggestions`: a sentence becomes a brief, or the offer of one. `drafting`, `model_advice`: drafts as
a window uses them. `history_service`, `questions`, `history_unlocker`: the history on a thread of its own, for whoever
must not wait; they are here and not in `history`, which loads the database as soon as it is imported.
"""
