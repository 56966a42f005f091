"""The plan cut into clauses and made searchable.

`parser` cuts a text into a `plan` of clauses with their `section` numbers; `store` makes it searchable with `embedder`,
`vectors`, `tokens` and `lexical`; `folder` keeps it; `retriever` finds clauses for a question. Nothing is imported here,
so that a command that needs little starts at once.
"""
