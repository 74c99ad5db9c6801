"""A picture in the line of the text."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from rfp.reporting.word.xml import clean

EMU_PER_POINT = 12700
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG with its size in points and what it shows in words."""

    png: bytes
    width: float
    height: float
    alt: str
    number: int

    @property
    def part(self) -> str:
        return f"media/image{self.number}.png"

    @property
    def relation(self) -> str:
        return f"rIdImage{self.number}"


def picture_xml(picture: Picture) -> str:
    width, height = (round(points * EMU_PER_POINT) for points in (picture.width, picture.height))
    name = quoteattr(clean(picture.alt.split(":")[0][:60]))
    said = quoteattr(clean(picture.alt))
    return (
        '<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{picture.number}" name={name} descr={said}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_MAIN}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
        f'<pic:nvPicPr><pic:cNvPr id="{picture.number}" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{picture.relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
