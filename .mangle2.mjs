import {build} from "esbuild";import {gzipSync} from "zlib";import fs from "fs";import {tokenizer} from "acorn";
const root="/tmp/wt-lean";
const stdin=process.argv[2]==="lean"?`import { createLeanEngine, createConvexLedger, createHttpVideoApi } from "${root}/packages/video-sdk/src/adapters/index.ts"; console.log(createLeanEngine, createConvexLedger, createHttpVideoApi)`:`import { createVideoEngine } from "${root}/packages/video-sdk/src/index.ts"; console.log(createVideoEngine)`;
const o=(x)=>build({stdin:{contents:stdin,resolveDir:root+"/packages/video-sdk"},bundle:true,minify:true,format:"esm",write:false,conditions:["@video-engine/source"],platform:"browser",target:"es2020",...x});
const gz=b=>gzipSync(b,{level:9}).length;
const a=(await o({})).outputFiles[0];console.log(gz(a.contents));
const props=new Set(),strs=new Set();let prev;for(const t of tokenizer(a.text,{ecmaVersion:2022,sourceType:"module"})){if(t.type.label==="name"&&t.value.length>2)props.add(t.value);if(t.type.label==="string"||t.type.label==="template")strs.add(t.value);prev=t}
const pub=new Set();const add=f=>{for(const m of fs.readFileSync(f,"utf8").replace(/\/\*[\s\S]*?\*\//g,"").match(/[A-Za-z_]\w*/g)??[])pub.add(m)};
const dir=(d)=>{for(const f of fs.readdirSync(d,{withFileTypes:true})){const p=d+"/"+f.name;if(f.isDirectory()){if(!/cjs|testing|server/.test(f.name))dir(p)}else if(/\.d\.ts$/.test(f.name))add(p)}};
dir(root+"/packages/video-sdk/dist");dir(root+"/packages/video-models/dist");
const lib=root+"/node_modules/typescript/lib/";const libs=fs.existsSync(lib)?fs.readdirSync(lib).filter(f=>/^lib\..*d\.ts$/.test(f)).map(f=>lib+f):[];
console.log("libs",libs.length);libs.forEach(add);
// also names that the server or json use: all string literals
const inner=[...props].filter(p=>!pub.has(p)&&!strs.has(p));console.log("props",props.size,"inner",inner.length);
const b=(await o({mangleProps:new RegExp("^(?:"+inner.join("|")+")$"),mangleQuoted:false})).outputFiles[0];console.log("inner mangled",gz(b.contents));console.log(inner.join(" ").slice(0,3000));
