"""The router: reads a request, picks its template and fills its slots."""
