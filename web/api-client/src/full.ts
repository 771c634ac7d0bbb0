/** Answers as they really are: the server writes every key and `null` for what is absent; the document calls such keys optional. */
import type { paths } from "./schema.ts";

export type Full<T> = T extends readonly (infer Item)[] ? Full<Item>[] : T extends object ? { [Key in keyof T]-?: Full<T[Key]> } : T;

type FullContent<Response> = Response extends { content: infer Content }
  ? Omit<Response, "content"> & { content: { [Media in keyof Content]: Full<Content[Media]> } }
  : Response;

type FullAnswers<Operation> = Operation extends { responses: infer Responses }
  ? Omit<Operation, "responses"> & { responses: { [Status in keyof Responses]: FullContent<Responses[Status]> } }
  : Operation;

/** The routes of the generated document. */
export type DocumentedPaths = { [Path in keyof paths]: { [Method in keyof paths[Path]]: FullAnswers<paths[Path][Method]> } };
