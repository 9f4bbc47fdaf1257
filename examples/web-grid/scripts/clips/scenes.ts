// What the sandbox's clips show, as fragment shaders. Each paints `vec3 scene(vec2 p, float t)`: `p` has the height 2 around the middle, `t`
// runs round the circle once (0 to 2 pi), so that a clip ends as it begins.

/** Shared by all of them: noise, and colours that run into one another. */
export const COMMON = `#version 300 es
precision highp float;
uniform vec2 size;
uniform float t;
out vec4 colour;
float hash(vec2 p) { p = fract(p * vec2(123.34, 456.21)); p += dot(p, p + 45.32); return fract(p.x * p.y); }
float noise(vec2 p) {
  vec2 i = floor(p), f = fract(p); f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}
float fbm(vec2 p) { float v = 0.0, a = 0.5; for (int i = 0; i < 5; i++) { v += a * noise(p); p = p * 2.03 + 7.1; a *= 0.5; } return v; }
vec2 round_(float s) { return vec2(cos(t), sin(t)) * s; }
`;

/** Paints the scene over the whole picture, a little darker towards its corners. */
export const MAIN = `
void main() {
  vec2 p = (gl_FragCoord.xy * 2.0 - size) / size.y;
  vec2 q = gl_FragCoord.xy / size - 0.5;
  vec3 c = scene(p, t) * (1.0 - 0.5 * dot(q, q));
  colour = vec4(pow(clamp(c, 0.0, 1.0), vec3(0.92)), 1.0);
}`;

/** A low sun over a moving sea. */
const ocean = `vec3 scene(vec2 p, float t) {
  vec2 sun = vec2(0.25, 0.16);
  vec3 sky = mix(vec3(1.0, 0.62, 0.34), vec3(0.22, 0.3, 0.55), smoothstep(-0.1, 1.1, p.y));
  sky += vec3(1.0, 0.55, 0.25) * 0.5 * exp(-3.0 * length(p - sun));
  sky = mix(sky, vec3(1.0, 0.8, 0.7), 0.35 * smoothstep(0.45, 0.8, fbm(vec2(p.x * 1.2, p.y * 5.0) + round_(0.12))));
  sky = mix(sky, vec3(1.0, 0.93, 0.75), smoothstep(0.17, 0.155, length(p - sun)));
  if (p.y > 0.0) return sky;
  float far = 0.16 / (0.06 - p.y);
  float wave = fbm(vec2(p.x * far * 2.4, far * 6.0) + round_(0.45));
  wave += 0.5 * sin(far * 9.0 + t * 2.0 + p.x * 2.0);
  vec3 sea = mix(vec3(0.04, 0.13, 0.25), vec3(0.2, 0.36, 0.5), wave * 0.6);
  float path = exp(-pow((p.x - sun.x) * (1.6 + far * 0.8), 2.0));
  sea += vec3(1.0, 0.6, 0.3) * path * smoothstep(0.35, 1.0, wave) * 1.1;
  return mix(sea, vec3(0.85, 0.5, 0.35), 0.5 * exp(p.y * 9.0));
}`;

/** Hills behind hills in the mist of the morning. */
const hills = `vec3 scene(vec2 p, float t) {
  vec3 c = mix(vec3(0.98, 0.84, 0.66), vec3(0.42, 0.62, 0.72), smoothstep(-0.1, 1.0, p.y));
  c += vec3(0.5, 0.3, 0.1) * exp(-4.0 * length(p - vec2(-0.5, 0.35)));
  for (int i = 0; i < 6; i++) {
    float d = float(i);
    float x = p.x * (0.9 + 0.35 * d) + d * 3.7 + sin(t) * 0.05 * (d + 1.0);
    float edge = 0.42 - 0.24 * d + 0.32 * fbm(vec2(x, d * 9.0)) - 0.1;
    float trees = 0.035 * d * pow(noise(vec2(x * 26.0, d)), 2.0);
    vec3 hill = mix(vec3(0.5, 0.66, 0.66), vec3(0.05, 0.15, 0.13), d / 5.0);
    float inside = smoothstep(0.008, -0.008, p.y - edge - trees);
    float mist = smoothstep(0.42, 0.0, edge - p.y) * (1.0 - d / 7.0);
    hill = mix(mix(hill, vec3(0.92, 0.86, 0.78), 0.6 * (1.0 - mist) * (1.0 - d / 7.0)), hill, 0.45);
    c = mix(c, hill, inside);
    float fog = fbm(vec2(p.x * 1.6 + d, p.y * 3.4 - d) + round_(0.25));
    c = mix(c, vec3(0.95, 0.9, 0.84), 0.34 * smoothstep(0.4, 0.8, fog) * smoothstep(0.5, -0.05, abs(p.y - edge + 0.25)));
  }
  return c;
}`;

/** A street at night behind a wet window. */
const city = `vec3 scene(vec2 p, float t) {
  vec3 c = mix(vec3(0.05, 0.05, 0.12), vec3(0.16, 0.08, 0.22), p.y * 0.5 + 0.5);
  for (int i = 0; i < 46; i++) {
    float n = float(i);
    float depth = hash(vec2(n, 3.1));
    vec2 at = vec2((hash(vec2(n, 1.7)) - 0.5) * 4.0, (hash(vec2(n, 5.3)) - 0.55) * 1.5);
    at.x += 0.12 * sin(t + n) * (0.3 + depth);
    float r = mix(0.05, 0.2, depth);
    float d = length(p - at);
    vec3 hue = mix(vec3(1.0, 0.55, 0.18), mix(vec3(0.2, 0.75, 1.0), vec3(1.0, 0.2, 0.5), step(0.5, hash(vec2(n, 9.0)))), step(0.45, hash(vec2(n, 7.0))));
    float glow = 0.75 + 0.25 * sin(t * floor(1.0 + 2.0 * hash(vec2(n, 11.0))) + n);
    c += hue * glow * (0.3 * smoothstep(r, r - 0.02, d) + 0.14 * smoothstep(r, r - 0.012, d) * smoothstep(r - 0.04, r, d) + 0.03 / (0.2 + 6.0 * d));
  }
  for (int k = 0; k < 2; k++) {
    float z = 12.0 + 9.0 * float(k);
    vec2 g = vec2(p.x * z, p.y * z * 0.22 + t / 6.2832 * (4.0 + 2.0 * float(k)));
    vec2 cell = floor(g);
    float drop = step(0.82, hash(vec2(cell.x, mod(cell.y, 4.0 + 2.0 * float(k)))));
    vec2 f = fract(g) - 0.5;
    c += 0.16 * drop * smoothstep(0.1, 0.0, abs(f.x)) * smoothstep(0.5, -0.3, f.y);
  }
  return c * 0.95;
}`;

/** Snow that falls on a mountain in the evening. */
const snow = `vec3 scene(vec2 p, float t) {
  vec3 c = mix(vec3(0.86, 0.72, 0.78), vec3(0.22, 0.32, 0.56), smoothstep(-0.2, 1.0, p.y));
  float ridge = 0.78 - abs(p.x + 0.15) * 0.95 + 0.26 * (fbm(vec2(p.x * 2.6, 2.0)) - 0.5);
  float slope = fbm(vec2(p.x * 5.0 + p.y * 2.5, p.y * 6.0));
  vec3 rock = mix(vec3(0.2, 0.24, 0.36), vec3(0.95, 0.93, 0.98), smoothstep(0.38, 0.56, slope + 0.28 * p.y));
  rock = mix(rock, rock * vec3(1.15, 0.85, 0.8), smoothstep(-0.1, 0.35, -(p.x + 0.15) + 0.2 * slope));
  c = mix(c, mix(rock, c, 0.25), smoothstep(0.01, -0.01, p.y - ridge));
  float ground = -0.42 + 0.1 * fbm(vec2(p.x * 1.4, 8.0));
  c = mix(c, mix(vec3(0.75, 0.78, 0.9), vec3(0.95, 0.95, 1.0), smoothstep(-1.0, -0.3, p.y)), smoothstep(0.01, -0.01, p.y - ground));
  for (int i = 0; i < 9; i++) {
    float n = float(i), x = -1.7 + n * 0.42 + 0.2 * hash(vec2(n, 2.0)), h = 0.3 + 0.3 * hash(vec2(n, 4.0));
    float y = (p.y - ground + 0.12 + 0.08 * hash(vec2(n, 5.0))) / h;
    float w = 0.12 * h * 2.0 * (1.0 - y) * (0.75 + 0.25 * fract(y * 5.0));
    if (y > 0.0 && y < 1.0) c = mix(c, mix(vec3(0.06, 0.14, 0.2), vec3(0.8, 0.85, 0.95), 0.6 * smoothstep(0.5, 1.0, fract(y * 5.0))), smoothstep(0.008, -0.008, abs(p.x - x) - w));
  }
  for (int k = 0; k < 4; k++) {
    float z = 3.0 + 2.0 * float(k), turns = 1.0 + float(3 - k) * 0.0 + floor(z / 2.0);
    vec2 g = vec2(p.x * z + 0.3 * sin(t + float(k)), p.y * z + t / 6.2832 * turns);
    vec2 cell = vec2(floor(g.x), mod(floor(g.y), turns));
    vec2 at = vec2(hash(cell + float(k) * 17.0), hash(cell + 31.0)) * 0.6 - 0.3;
    c += 0.8 * smoothstep(0.09, 0.03, length(fract(g) - 0.5 - at)) * step(0.35, hash(cell + 5.0));
  }
  return c;
}`;

/** Northern lights over a lake. */
const aurora = `vec3 scene(vec2 p, float t) {
  float below = step(p.y, -0.35);
  vec2 q = p; if (below > 0.5) { q.y = -0.7 - p.y; q.x += 0.02 * sin(p.y * 60.0 + t * 3.0) * (1.0 + 3.0 * (-0.35 - p.y)); }
  vec3 c = mix(vec3(0.02, 0.07, 0.13), vec3(0.01, 0.02, 0.08), q.y * 0.5 + 0.5);
  float star = hash(floor(q * 90.0));
  c += step(0.993, star) * (0.6 + 0.4 * sin(t * 2.0 + star * 900.0)) * 0.8;
  for (int i = 0; i < 4; i++) {
    float n = float(i);
    float bend = 0.25 * sin(q.x * 1.4 + n * 2.1 + sin(t) * 0.4) + 0.35 * (fbm(vec2(q.x * 0.9 + n * 5.0, 0.0) + round_(0.18)) - 0.5);
    float y = q.y - 0.05 - 0.16 * n - bend;
    float rays = 0.55 + 0.75 * noise(vec2(q.x * 9.0 + n * 13.0, 0.0) + round_(0.6));
    float veil = smoothstep(0.0, 0.05, y) * exp(-y * (2.6 + n)) * rays;
    c += mix(vec3(0.1, 0.95, 0.5), vec3(0.55, 0.25, 0.95), clamp(y * 1.6 + n * 0.12, 0.0, 1.0)) * veil * 0.55;
  }
  float hill = -0.3 + 0.2 * fbm(vec2(p.x * 1.6, 4.0)) + 0.03 * pow(noise(vec2(p.x * 30.0, 1.0)), 2.0);
  float top = below > 0.5 ? -0.7 - p.y : p.y;
  c = mix(c, vec3(0.005, 0.02, 0.03), smoothstep(0.006, -0.006, top - hill));
  return below > 0.5 ? c * 0.62 + vec3(0.0, 0.015, 0.03) : c;
}`;

/** Ink of several colours that runs together. */
const ink = `vec3 scene(vec2 p, float t) {
  vec2 q = vec2(fbm(p * 1.3 + round_(0.5)), fbm(p * 1.3 + 5.2 - round_(0.5)));
  vec2 r = vec2(fbm(p * 1.3 + 3.4 * q + 1.7), fbm(p * 1.3 + 3.4 * q + 8.3 + round_(0.3)));
  float f = fbm(p * 1.3 + 3.2 * r);
  vec3 c = mix(vec3(0.97, 0.9, 0.82), vec3(0.94, 0.38, 0.3), smoothstep(0.25, 0.75, f));
  c = mix(c, vec3(0.2, 0.16, 0.5), smoothstep(0.45, 0.85, length(q)));
  c = mix(c, vec3(0.98, 0.72, 0.35), 0.8 * smoothstep(0.55, 0.8, r.x));
  return mix(c, vec3(0.1, 0.5, 0.55), 0.75 * smoothstep(0.58, 0.85, r.y)) * (0.75 + 0.5 * f);
}`;

/** By name. */
export const SCENES: Readonly<Record<string, string>> = { ocean, hills, city, snow, aurora, ink };
