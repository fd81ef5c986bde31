"""The staff pages: server-rendered, no script, nothing from elsewhere; one handler for each page."""
