/// The colours that pages and pictures share: text and lines have a contrast of 4.5 to 1 and more in
/// both schemes (WCAG 2.2, 1.4.3), bars one of 3 to 1 (1.4.11).
let colourStyle = """
    :root { color-scheme: light dark; --page: #ffffff; --text: #1f2328; --quiet: #59636e;
      --track: #eff2f5; --line: #d1d9e0; --success: #1a7f37; --retry: #9a6700; --stop: #cf222e;
      --pause: #818b98; --limit: #8250df; }
    @media (prefers-color-scheme: dark) {
      :root { --page: #0d1117; --text: #f0f6fc; --quiet: #9198a1; --track: #1b212a; --line: #3d444d;
        --success: #3fb950; --retry: #d29922; --stop: #f85149; --pause: #7d8590; --limit: #ab7df8; }
    }
    """

let reportStyle =
    colourStyle + """

        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--text);
          font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
        h1 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .5rem; }
        h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
        .badge { font-size: .85rem; border: 1px solid; border-radius: 1em; padding: .1em .6em;
          margin-right: .3em; vertical-align: .1em; white-space: nowrap; }
        .badge.success { color: var(--success); } .badge.stop { color: var(--stop); }
        svg { display: block; overflow: hidden; }
        svg text { fill: var(--text); font-size: 13px; } svg text.axis { fill: var(--quiet); font-size: 12px; }
        rect.track { fill: var(--track); } rect.success { fill: var(--success); }
        rect.retry { fill: var(--retry); } rect.stop { fill: var(--stop); }
        rect.pause { fill: url(#waiting); } rect.stripe { fill: var(--pause); }
        line.grid { stroke: var(--line); } line.limit { stroke: var(--limit); stroke-width: 2; }
        line.deadline { stroke: var(--stop); stroke-width: 2; stroke-dasharray: 5 4; }
        .legend { list-style: none; padding: 0; margin: .5rem 0; color: var(--quiet); font-size: .9rem;
          display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
        .key { display: inline-block; width: 1.2em; height: .7em; vertical-align: baseline; }
        .key.success { background: var(--success); } .key.retry { background: var(--retry); }
        .key.stop { background: var(--stop); }
        .key.pause { background: repeating-linear-gradient(45deg, var(--pause) 0 2px, transparent 2px 6px); }
        .key.limit { width: 0; height: 1em; border-left: 2px solid var(--limit); vertical-align: -.1em; }
        .key.deadline { width: 0; height: 1em; border-left: 2px dashed var(--stop); vertical-align: -.1em; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .5rem .3rem 0;
          border-bottom: 1px solid var(--line); font-weight: normal; }
        td:nth-child(n+3), thead th { white-space: nowrap; }
        td small { color: var(--quiet); }
        thead th { color: var(--quiet); }
        tr.success > td:nth-child(2) { color: var(--success); } tr.retry > td:nth-child(2) { color: var(--retry); }
        tr.stop > td:nth-child(2) { color: var(--stop); }
        dl { margin: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .5rem 1rem; }
        dt { color: var(--quiet); font-size: .85rem; } dd { margin: 0; }
        """
