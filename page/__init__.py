"""The page's rooms: what is shown, what is served, what is kept.

`server` puts the parts together; `layout` is the page itself and, with `server`, all that imports gradio. `panel` draws
the plan, `message` an answer, `texts` holds the words in both languages. `asking` stands between the many who ask and
the one answerer; `http_api` and `tools` (MCP) offer the same answers to programs.
"""
