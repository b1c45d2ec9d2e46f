"""Options that several commands share."""

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    """In what form a document is printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


From = Annotated[str, typer.Option("--from", metavar="D", help="期间首日（含）")]
To = Annotated[str, typer.Option("--to", metavar="D", help="期间末日（含）")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="D", help="截至该日所知")]
AtPosition = Annotated[
    int | None, typer.Option("--at-position", metavar="N", min=0, help="台账在该位置时所载")
]
Organ = Annotated[str | None, typer.Option("--organ", metavar="CODE", help="该机构及其下级")]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="F", help="写入文件")]
As = Annotated[Format, typer.Option("--format", help="输出格式")]
