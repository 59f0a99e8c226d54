"""Builds the embedded cat / non-cat images from freely licensed drawings.

The steps, one module each:

- `sources`: fetch the drawing sets (npm packages, pinned by version and checksum);
- `drawings`: choose the drawings, deal them to training and test, render them;
- `backgrounds`: paint a textured background;
- `scenes`: place one drawing on a background, under random light;
- `assemble`: make all images, and write the HDF5 files and the manifest;
- `models`: train the course's three models, to learn how hard the set is;
- `datasheet`: write what was counted and measured into the datasheet, README.md.
"""
