"""The API's client: `query` builds documents, `context` runs them, `gen` is what users call."""
