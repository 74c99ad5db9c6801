"""Write the fictional vendor's evidence as the PDF and Word files a vendor would send."""

from __future__ import annotations

from pathlib import Path

from rfp.demo import docx_plan, papers, pdf


def write(folder: Path) -> tuple[Path, ...]:
    """Write one file per evidence item, named after its id, and return the paths in library order.

    :raises PageOverflow: if a page of text needs more than a page of paper
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for paper in papers.load():
        path = folder / paper.file_name
        path.write_bytes(docx_plan.draw(paper) if path.suffix == ".docx" else pdf.draw(paper))
        written.append(path)
    return tuple(written)
