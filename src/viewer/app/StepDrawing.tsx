/** Small drawings of our own beside the steps of installing: what to look for on the screen. The words beside them say it all. */
const drawings = {
  share: "M24 30V8m-8 8 8-8 8 8M14 20h-4v22h28V20h-4",
  add: "M10 10h28v28H10zM24 17v14m-7-7h14",
  dots: "M24 10v.01M24 24v.01M24 38v.01",
  screen: "M6 10h36v24H6zM18 42h12M24 15v13m-6-6 6 6 6-6",
  home: "M13 6h22v36H13zM19 14h10v10H19zM21 37h6",
} as const;

export type DrawingName = keyof typeof drawings;

export function StepDrawing({ name }: { readonly name: DrawingName }) {
  return (
    <svg className="step-drawing" viewBox="0 0 48 48" aria-hidden="true">
      <path
        d={drawings[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === "dots" ? 7 : 3}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
