#!/bin/sh
# Draws the tent's product video and its poster anew: SVG frames (tent-frames.mjs), encoded as VP9 by an ffmpeg
# with librsvg.
set -eu
here=$(dirname "$0")
frames=$(mktemp -d)
trap 'rm -rf "$frames"' EXIT
node "$here/tent-frames.mjs" "$frames"
# Cues in front and a key frame each second: the player can seek before it has all of the file.
ffmpeg -loglevel error -y -framerate 12 -i "$frames/%03d.svg" -pix_fmt yuv420p -an \
  -c:v libvpx-vp9 -crf 36 -b:v 0 -g 12 -cues_to_front 1 "$here/brandon-tent.webm"
cp "$frames/114.svg" "$here/brandon-tent-poster.svg"
