/** The launcher's own style sheet. `:host` is reset first, so that nothing is inherited from the page. */

export const LAUNCHER_CSS = `
:host{all:initial;position:fixed;z-index:2147483000;bottom:20px;inset-inline:auto 20px;direction:ltr}
:host([data-side=left]){inset-inline:20px auto}
button{all:unset;box-sizing:border-box;position:relative;display:grid;place-items:center;width:56px;height:56px;
border-radius:50%;background:var(--accent);color:var(--on-accent);cursor:pointer;
box-shadow:0 8px 24px #0003;transition:transform .2s}
button:hover{transform:scale(1.05)}
button:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
svg{width:26px;height:26px}
path{fill:currentColor;transition:.2s}
path+path{fill:none;stroke:currentColor;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
:host([data-open]) path,path+path{opacity:0}
:host([data-open]) path+path{opacity:1}
.badge{position:absolute;top:-4px;inset-inline-end:-4px;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;
border-radius:50px;background:#c8102e;color:#fff;font:600 12px/22px system-ui;text-align:center}
[hidden]{display:none}
iframe{display:none;position:absolute;bottom:72px;right:0;width:400px;height:min(700px,calc(100vh - 112px));border:0;
border-radius:20px;background:transparent;box-shadow:0 8px 48px #0003;color-scheme:normal}
:host([data-side=left]) iframe{right:auto;left:0}
:host([data-open]) iframe{display:block;animation:rise .22s ease-out}
@keyframes rise{from{opacity:0;transform:translateY(12px)}}
@media(max-width:480px),(max-height:480px){
:host([data-open]) iframe{position:fixed;inset:0;width:100%;height:100vh;height:100dvh;border-radius:0}
:host([data-open]) button{display:none}
}
@media(prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important}}
@media print{:host{display:none}}
`;
