"""Law as rows: reading the files of law/, refusing what is not understood, and drawing lists from documents."""
