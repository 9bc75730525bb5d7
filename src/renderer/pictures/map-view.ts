import { computed, shallowRef } from 'vue';

/** What part of a picture is seen: world units times scale, moved by x and y, are pixels. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };

/** Zooming keeps the point under the pointer where it is. */
export function zoomAt(view: View, factor: number, atX: number, atY: number, most: number): View {
  const scale = Math.min(most, Math.max(1, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: atX - (atX - view.x) * by, y: atY - (atY - view.y) * by };
}

/** A picture at scale 1 fills its frame; nothing outside it can be brought into sight. */
export function keepInside({ scale, x, y }: View, width: number, height: number): View {
  const inside = (at: number, size: number) => Math.min(0, Math.max(size - size * scale, at));
  return { scale, x: inside(x, width), y: inside(y, height) };
}

/** A view that the person moves, in frames of any size. */
export function useMapView(most: number) {
  const view = shallowRef<View>(WHOLE);
  const frame = shallowRef({ width: 1, height: 1 });
  const settle = (next: View) => (view.value = keepInside(next, frame.value.width, frame.value.height));
  return {
    view,
    isWhole: computed(() => view.value.scale === 1),
    resize: (width: number, height: number) => {
      // What was in the middle stays in the middle.
      const by = { x: width / frame.value.width, y: height / frame.value.height };
      frame.value = { width, height };
      settle({ scale: view.value.scale, x: view.value.x * by.x, y: view.value.y * by.y });
    },
    move: (dx: number, dy: number) => settle({ ...view.value, x: view.value.x + dx, y: view.value.y + dy }),
    zoom: (factor: number, atX = frame.value.width / 2, atY = frame.value.height / 2) => settle(zoomAt(view.value, factor, atX, atY, most)),
    whole: () => settle(WHOLE),
  };
}
