import type { ClientToServerEvents, ServerToClientEvents } from "../Snapshots/shop";

type Sent<Arguments extends unknown[]> = Arguments extends [...infer Head, unknown] ? Head : never;

// socket.io-client has put the attachments back where their placeholders stood.
declare const bytes: ArrayBuffer;

export const arguments0: Parameters<ServerToClientEvents["Changed"]> = [{"id":2,"lines":[{"name":"tea","count":2,"from":{"country":"India"}},{"name":"cup","count":1,"from":null}],"total":9.50,"at":"2026-01-02T03:04:05+02:00","replaced":{"id":1,"lines":[{"name":"tea","count":2,"from":{"country":"India"}}],"total":9.50,"at":"1970-01-01T00:00:00+00:00","replaced":null,"state":3,"delivery-address":null},"state":0,"delivery-address":null},{"tea":1.5}];

export const arguments1: Parameters<ServerToClientEvents["Everything"]> = [{"bool":true,"sByte":-1,"uShort":5,"uLong":77,"int128":"170141183460469231731687303715884105727","uInt128":"340282366920938463463374607431768211455","bigInteger":"10000000000000000000000000000000000000000","half":1.5,"float":1.25,"double":0.1,"complex":[1,2],"char":"x","rune":"y","uri":"http://localhost/","version":"1.2","dateTime":"1970-01-01T00:00:00Z","dateOnly":"2026-01-02","timeOnly":"01:02:03","timeSpan":"1.06:00:00","bytes":bytes,"memory":bytes,"sequence":bytes,"numbers":[1,2],"grid":[[1,2],[3,4]],"jagged":[["a",null],null],"set":["00000000-0000-0000-0000-000000000000"],"tuples":[["a",1]],"oldTuple":[1,"x"],"one":[3],"long":[1,2,3,4,5,6,7,null,[8]],"pair":{"key":"k","value":null},"map":{"5":null,"6":"x"},"byName":{"by-price":[3]},"days":{"Monday":null,"3":3},"nested":{"a":null,"b":{"c":{"name":"tea","count":2,"from":{"country":"India"}}}},"payment":{"kind":1,"number":"1"},"longs":{"items":[1],"first":2,"next":null},"addresses":{"items":[{"country":"India"}],"first":null,"next":null},"inner":{"first":"a","second":1,"rest":["b",null]},"notAGuid":{"name":"n"},"money":"1 EUR","formatted":null},null];

export const arguments2: Parameters<ServerToClientEvents["Everything"]> = [{"bool":true,"sByte":-1,"uShort":5,"uLong":77,"int128":"170141183460469231731687303715884105727","uInt128":"340282366920938463463374607431768211455","bigInteger":"10000000000000000000000000000000000000000","half":1.5,"float":1.25,"double":0.1,"complex":[1,2],"char":"x","rune":"y","uri":"http://localhost/","version":"1.2","dateTime":"1970-01-01T00:00:00Z","dateOnly":"2026-01-02","timeOnly":"01:02:03","timeSpan":"1.06:00:00","bytes":bytes,"memory":bytes,"sequence":bytes,"numbers":[1,2],"grid":[[1,2],[3,4]],"jagged":[["a",null],null],"set":["00000000-0000-0000-0000-000000000000"],"tuples":[["a",1]],"oldTuple":[1,"x"],"one":[3],"long":[1,2,3,4,5,6,7,null,[8]],"pair":{"key":"k","value":null},"map":{"5":null,"6":"x"},"byName":{"by-price":[3]},"days":{"Monday":null,"3":3},"nested":{"a":null,"b":{"c":{"name":"tea","count":2,"from":{"country":"India"}}}},"payment":{"kind":1,"number":"1"},"longs":{"items":[1],"first":2,"next":null},"addresses":{"items":[{"country":"India"}],"first":null,"next":null},"inner":{"first":"a","second":1,"rest":["b",null]},"notAGuid":{"name":"n"},"money":"1 EUR","formatted":null},{"$type":"square","color":null,"side":2,"inside":[{"$type":"circle","color":"red","radius":1.5},{"$type":"any","color":null}]}];

export const arguments3: Sent<Parameters<ServerToClientEvents["Confirm"]>> = ["Really?"];

export const arguments4: Sent<Parameters<ClientToServerEvents["Place"]>> = [[{"name":"tea","count":2,"from":{"country":"India"}}],null];

export const arguments5: Sent<Parameters<ClientToServerEvents["search goods"]>> = ["tea",20,"by-price"];

export const arguments6: Parameters<ClientToServerEvents["Browse"]> = ["teas",3];
