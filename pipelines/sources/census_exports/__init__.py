"""US merchandise exports, from the US Census Bureau's International Trade API and files with its columns."""
