/** Uploads with progress, which fetch cannot report. */
import { ApiError, OFFLINE_CODE, problemOf, type Attachment } from "@tertulia/api-client";

export interface Upload {
  done: Promise<Attachment>;
  cancel: () => void;
}

export function upload(file: File, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Attachment>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError({ type: "about:blank", title: "Offline", status: 0, code: OFFLINE_CODE, detail: "" }));
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as Attachment);
      else reject(new ApiError(problemOf(new Response(null, { status: request.status || 500, statusText: request.statusText }), body)));
    };
  });
  const form = new FormData();
  form.append("file", file, file.name);
  request.open("POST", "/v1/attachments");
  request.send(form);
  return { done, cancel: () => request.abort() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
