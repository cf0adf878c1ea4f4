/** Pixels of the longer edge at which a sent picture stands in a scene. */
export const maxPictureEdge = 420;

/** More pixels than this are not decoded. */
export const maxPicturePixels = 268_402_689;
