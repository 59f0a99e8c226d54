"""Put markup wherever a notebook can hold it; that it is inert on pages is tested elsewhere."""

import json

MARKUP = """
<script>document.title = 1</script><iframe src="javascript:alert(1)"></iframe>
<img src=x onerror=alert(1)><svg onload=alert(1)><animate onbegin=alert(1) attributeName=x /></svg>
[a link](javascript:alert(1)) ![a picture](x" onerror="alert(1))
$\\href{javascript:alert(1)}{x}$ $$\\unicode{<script>}$$
"""


def make(solved: bytes) -> bytes:
    """Add texts, outputs, attachments, tags and names."""
    notebook = json.loads(solved)
    bundle = {
        "text/html": MARKUP,
        "image/svg+xml": MARKUP,
        "text/latex": MARKUP,
        "application/javascript": "alert(1)",
        "image/png": MARKUP,
        "text/markdown": MARKUP,
    }
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": bundle},
        {"output_type": "stream", "name": MARKUP, "text": MARKUP},
        {"output_type": "error", "ename": MARKUP, "evalue": MARKUP, "traceback": [MARKUP]},
    ]
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), MARKUP]
        cell["metadata"]["name"] = MARKUP
        if cell["cell_type"] == "code":
            cell["outputs"] = outputs
    text = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": MARKUP}
    text["attachments"] = {"../../x.svg": {"image/svg+xml": MARKUP}}
    raw = {"cell_type": "raw", "id": "raw", "metadata": {"format": "text/html"}, "source": MARKUP}
    notebook["cells"] += [text, raw]
    notebook["metadata"]["title"] = MARKUP
    notebook["metadata"]["kernelspec"]["display_name"] = MARKUP
    return json.dumps(notebook).encode()
