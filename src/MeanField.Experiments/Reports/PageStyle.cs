namespace MeanField.Experiments.Reports;

/// <summary>The style sheet of reports. Series colours are those of M. Okabe and K. Ito, told apart with every common colour blindness;
/// lines differ in their dashes as well.</summary>
internal static class PageStyle
{
    /// <summary>The rules; free of characters that would need escaping in XML.</summary>
    public const string Css = """

        :root {
          --page: #f5f6f8; --card: #ffffff; --ink: #1b1f24; --muted: #57606a; --line: #d5dae1; --grid: #e4e8ee;
          --good: #1a7f37; --good-back: #e9f7ed; --bad: #b42318; --bad-back: #fdecea; --warn: #7a4b00; --warn-back: #fff4dc;
          --a: #0072b2; --b: #c9500a; --c: #00805c; --d: #8a4fa8; --wall: #b3b9c2; --bar: #0072b2;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #0f1216; --card: #181c22; --ink: #e8ebef; --muted: #a3adb9; --line: #343b45; --grid: #2a3039;
            --good: #4cc26c; --good-back: #12261a; --bad: #ff8379; --bad-back: #2d1715; --warn: #f0c05a; --warn-back: #2b2312;
            --a: #62bdf0; --b: #f0a13a; --c: #3ecf9f; --d: #c79be0; --wall: #454d58; --bar: #62bdf0;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 20px 16px 32px; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 14px; overflow-wrap: anywhere; }
        h1 span { color: var(--muted); font-weight: 400; }
        h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 10px; overflow-wrap: anywhere; }
        p { margin: 0 0 10px; overflow-wrap: anywhere; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; margin: 0 0 16px; min-width: 0; }
        .columns { display: grid; grid-template-columns: minmax(0, 1fr); column-gap: 16px; align-items: start; }
        @media (min-width: 900px) { .columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
        @media (min-width: 900px) {
          .wide, .wide + .stack { grid-column: 1 / -1; }
          .wide + .stack { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); column-gap: 16px; align-items: start; }
        }
        .status { display: flex; gap: 14px; align-items: flex-start; border-radius: 10px; border: 1px solid; border-left-width: 8px; padding: 14px 16px; margin: 0 0 16px; }
        .status svg { flex: none; width: 40px; height: 40px; }
        .status h2 { font-size: 1.3rem; margin: 0 0 2px; }
        .status p { margin: 0; }
        .status path { fill: none; stroke: var(--card); stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; }
        .good { border-color: var(--good); background: var(--good-back); }
        .bad { border-color: var(--bad); background: var(--bad-back); }
        .good h2 { color: var(--good); }
        .bad h2 { color: var(--bad); }
        .good circle { fill: var(--good); }
        .bad circle { fill: var(--bad); }
        .warning { border: 1px solid var(--warn); border-radius: 8px; background: var(--warn-back); color: var(--warn); padding: 10px 12px; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 0 0 16px; }
        .tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 8px 14px; }
        dt { color: var(--muted); font-size: 0.85rem; }
        dd { margin: 0; font-size: 1.2rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        table { border-collapse: collapse; width: 100%; margin: 0 0 12px; }
        caption, .caption { text-align: left; color: var(--muted); font-size: 0.9rem; padding: 0 0 6px; }
        th, td { text-align: left; vertical-align: top; padding: 7px 10px 7px 0; border-top: 1px solid var(--line); overflow-wrap: break-word; }
        thead th { border-top: 0; color: var(--muted); font-size: 0.85rem; font-weight: 600; }
        tbody th { font-weight: 600; }
        .facts td { overflow-wrap: anywhere; }
        td { font-variant-numeric: tabular-nums; }
        tr > :last-child { padding-right: 0; }
        #certificate tr > :first-child { width: 58%; }
        .facts th { width: 62%; }
        .meaning, .meaning td { color: var(--muted); font-size: 0.9rem; font-weight: 400; }
        span.meaning { display: block; }
        .meaning td { border-top: 0; padding-top: 0; padding-bottom: 10px; }
        .run { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 8px 16px; margin: 0 0 12px; }
        .run dd { font-size: 1rem; overflow-wrap: anywhere; }
        .badge { display: inline-block; border: 1px solid var(--muted); border-radius: 8px; padding: 0 7px; color: var(--muted); font-size: 0.75rem; font-weight: 600; }
        sub { line-height: 0; }
        pre { margin: 0 0 12px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--page); overflow-x: auto; }
        code { font: 0.95rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
        .note, footer { color: var(--muted); font-size: 0.9rem; }
        figure > :last-child, section > :last-child { margin-bottom: 0; }
        svg text { font: 15px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: var(--ink); }
        .chart, .scale { display: block; width: 100%; max-width: 560px; height: auto; margin: 0 0 10px; }
        .grid { stroke: var(--grid); stroke-width: 1; }
        .axis { fill: none; stroke: var(--muted); stroke-width: 1; }
        .line { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
        .mark { stroke: var(--card); stroke-width: 1; }
        .series-a.line { stroke: var(--a); }
        .series-b.line { stroke: var(--b); stroke-width: 4; stroke-dasharray: 9 5; }
        .series-c.line { stroke: var(--c); stroke-dasharray: 2 4; }
        .series-d.line { stroke: var(--d); stroke-dasharray: 12 3 2 3; }
        .series-a.mark { fill: var(--a); }
        .series-b.mark { fill: var(--b); }
        .series-c.mark { fill: var(--c); }
        .series-d.mark { fill: var(--d); }
        .tolerance { stroke: var(--ink); stroke-width: 1.4; stroke-dasharray: 5 5; }
        .best { fill: none; stroke: var(--ink); stroke-width: 2; }
        .halo { paint-order: stroke; stroke: var(--card); stroke-width: 4; stroke-linejoin: round; }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 0 0 8px; padding: 0; font-size: 0.9rem; }
        .legend li { display: flex; align-items: center; gap: 8px; }
        .swatch { flex: none; width: 40px; height: 12px; overflow: visible; }
        .patch { flex: none; width: 18px; height: 18px; border-radius: 3px; }
        .scroll { overflow-x: auto; margin: 0 0 10px; }
        .map { display: block; width: 100%; height: auto; margin: 0 auto; border-radius: 4px; }
        .wall { fill: var(--wall); }
        .wall-patch { background: var(--wall); }
        .unreachable { fill: #ffffff; fill-opacity: 0.4; }
        .unreachable-patch { background: linear-gradient(rgba(255, 255, 255, 0.4), rgba(255, 255, 255, 0.4)), var(--wall); }
        .target, .target-edge { fill: none; stroke-linejoin: round; }
        .target { stroke: #e0142f; stroke-width: 2.2px; vector-effect: non-scaling-stroke; }
        .target-edge { stroke: #ffffff; stroke-width: 4.6px; vector-effect: non-scaling-stroke; }
        .target-patch { border: 3px solid #e0142f; outline: 1px solid #ffffff; }
        .arrow, .arrow-edge { fill: none; stroke-linecap: round; stroke-linejoin: round; }
        .arrow { stroke: #ffffff; }
        .arrow-edge { stroke: #101418; stroke-opacity: 0.6; }
        .edge { fill: none; stroke: var(--wall); stroke-width: 1.2; }
        .flow { fill: var(--a); fill-opacity: 0.85; }
        .node { stroke: var(--ink); stroke-width: 1; }
        .map .name { font-size: inherit; text-anchor: middle; stroke-width: 3; }
        .pixels { image-rendering: pixelated; }
        .map .mass { font-size: 4.2px; text-anchor: middle; }
        .map .on-dark { fill: #ffffff; }
        .map .on-bright { fill: #101418; }
        .scale-name { margin: 0 0 4px; font-size: 0.9rem; }
        .bars .bar-cell { width: 50%; padding-right: 0; }
        @media (min-width: 561px) { .policy-on-narrow, .names-on-narrow { display: none; } }
        @media (max-width: 560px) {
          .policy-on-wide, .names-on-wide { display: none; }
          svg text { font-size: 18px; }
          table { font-size: 0.88rem; }
          th, td { padding-right: 8px; }
        }
        .bar { height: 1.1em; margin-top: 0.2em; border-radius: 2px; background: var(--bar); }

        """;
}
