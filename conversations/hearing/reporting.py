"""The verbs by which somebody reports: LAPOR and what people write for it."""

REPORTING = frozenset(
    {"lapor", "melapor", "laporkan", "melaporkan", "laporin", "ngelapor", "adukan", "aduan"}
    | {"mengadu", "mengadukan", "ngadu", "pengaduan", "komplain", "report", "complain"}
)
"""What a sentence is a report by, wherever it stands."""
FILED_BY = REPORTING | {"dilaporkan", "diadukan", "ajukan", "diajukan"}
"""What somebody did who has a ticket."""
NEARLY = frozenset({"melapor", "mengadu", "mengadukan", "ngadu", "pengaduan"})
"""What is another word with one slip: pelapor, mengaku, mengadakan, ngaku, pengadaan."""
