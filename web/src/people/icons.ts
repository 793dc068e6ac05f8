// The icons of the people's panel. Not in parts/icons.ts: a file that the first screen imports comes with it, and all the
// icons that it names, whoever uses them.
export { default as bellIcon } from 'lucide-static/icons/bell.svg';
export { default as crownIcon } from 'lucide-static/icons/crown.svg';
export { default as hiddenIcon } from 'lucide-static/icons/eye-off.svg';
export { default as kickIcon } from 'lucide-static/icons/user-x.svg';
export { default as lockIcon } from 'lucide-static/icons/lock.svg';
export { default as monitorIcon } from 'lucide-static/icons/monitor.svg';
export { default as moreIcon } from 'lucide-static/icons/ellipsis.svg';
export { default as pencilIcon } from 'lucide-static/icons/pencil.svg';
export { default as phoneIcon } from 'lucide-static/icons/smartphone.svg';
export { default as quietIcon } from 'lucide-static/icons/message-circle-off.svg';
export { default as remoteIcon } from 'lucide-static/icons/gamepad-2.svg';
export { default as settingsIcon } from 'lucide-static/icons/settings-2.svg';
export { default as terminalIcon } from 'lucide-static/icons/terminal.svg';
