"""One folder a publisher's dataset; deleting the folder removes the source."""
