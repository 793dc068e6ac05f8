// The icons of the chat, apart from those that the first screen fetches.
export { default as replyIcon } from 'lucide-static/icons/reply.svg';
export { default as smileIcon } from 'lucide-static/icons/smile.svg';
export { default as trashIcon } from 'lucide-static/icons/trash-2.svg';
export { default as tvIcon } from 'lucide-static/icons/tv.svg';
