"""Every operation of the API's document, asked in every role, answers as the document says."""
