"""US merchandise imports, from the US Census Bureau's International Trade API and files with its columns."""
