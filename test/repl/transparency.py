# What Python code does with a dict; check() says for each whether `files` does the same as the dict `ref`.
import json, copy, pickle, collections, re, operator, pprint, string, types
def check(files, ref):
    R=[]
    def ok(name, f):
        try:
            r=f(); R.append((name, 'ok' if r else 'WRONG'))
        except Exception as e: R.append((name, f'EXC {type(e).__name__}: {e}'))
    k=list(ref)[3]; k2=list(ref)[5]
    ok('isinstance dict', lambda: isinstance(files, dict))
    ok('isinstance Mapping', lambda: isinstance(files, collections.abc.Mapping))
    ok('isinstance MutableMapping', lambda: isinstance(files, collections.abc.MutableMapping))
    ok('type(x) is dict', lambda: type(files) is dict)
    ok('len', lambda: len(files)==len(ref))
    ok('in', lambda: k in files and 'nope' not in files)
    ok('getitem str', lambda: type(files[k]) is str and files[k]==ref[k])
    ok('getitem slice of value', lambda: files[k][:20]==ref[k][:20])
    ok('KeyError', lambda: (lambda: (_ for _ in ()).throw(AssertionError))() if 0 else _ke(files))
    ok('get', lambda: files.get(k)==ref[k] and files.get('zz') is None and files.get('zz',1)==1)
    ok('iter', lambda: [p for p in files]==list(ref))
    ok('sorted', lambda: sorted(files)==sorted(ref))
    ok('reversed', lambda: list(reversed(files))==list(reversed(ref)))
    ok('keys()', lambda: list(files.keys())==list(ref) and k in files.keys() and len(files.keys())==len(ref))
    ok('keys set ops', lambda: files.keys() & {k,'q'}=={k} and (files.keys()-{k})==set(ref)-{k})
    ok('values()', lambda: list(files.values())==list(ref.values()) and len(files.values())==len(ref))
    ok('items()', lambda: list(files.items())==list(ref.items()) and len(files.items())==len(ref) and (k,ref[k]) in files.items())
    ok('list(items())[:2]', lambda: list(files.items())[:2]==list(ref.items())[:2])
    ok('dict(files)', lambda: dict(files)==ref)
    ok('{**files}', lambda: {**files}==ref)
    ok('f(**files)', lambda: (lambda **kw: kw)(**files)==ref)
    ok('{}.update(files)', lambda: (lambda d:(d.update(files),d)[1])({})==ref)
    ok('files | {}', lambda: (files|{})==ref)
    ok('{} | files', lambda: ({}|files)==ref)
    ok('d |= files', lambda: (lambda d: operator.ior(d,files))({})==ref)
    ok('dict comprehension', lambda: {p:t for p,t in files.items()}==ref)
    ok('== dict', lambda: files==ref and ref==files)
    ok('json.dumps', lambda: json.loads(json.dumps(files))==ref)
    ok('json.dumps indent', lambda: json.loads(json.dumps(files,indent=1))==ref)
    ok('json.dumps sort_keys', lambda: json.loads(json.dumps(files,sort_keys=True))==ref)
    ok('json.dumps nested', lambda: json.loads(json.dumps({'c':[files]}))=={'c':[ref]})
    ok('copy.copy', lambda: copy.copy(files)==ref)
    ok('copy.deepcopy', lambda: copy.deepcopy(files)==ref)
    ok('files.copy()', lambda: files.copy()==ref)
    ok('pickle', lambda: pickle.loads(pickle.dumps(files))==ref)
    ok('Counter/ChainMap', lambda: collections.ChainMap({},files)[k]==ref[k])
    ok('OrderedDict(files)', lambda: dict(collections.OrderedDict(files))==ref)
    ok('defaultdict(str, files)', lambda: dict(collections.defaultdict(str,files))==ref)
    ok('UserDict', lambda: collections.UserDict(files).data==ref)
    ok('MappingProxyType', lambda: types.MappingProxyType(files)[k]==ref[k])
    ok('itemgetter', lambda: operator.itemgetter(k,k2)(files)==(ref[k],ref[k2]))
    ok('%-format', lambda: ('%%(%s)s'%k)%files==ref[k])
    ok('format_map', lambda: '{x}'.format_map(type(files).__mro__ and {'x':files[k]})==ref[k])
    ok('max(key=len)', lambda: max(files,key=lambda p:len(files[p]))==max(ref,key=lambda p:len(ref[p])))
    ok('max(files.items())', lambda: max(files.items(),key=lambda kv:len(kv[1]))==max(ref.items(),key=lambda kv:len(kv[1])))
    ok('zip/enumerate', lambda: list(zip(files,files.values()))==list(ref.items()))
    ok('bool', lambda: bool(files))
    ok('repr short', lambda: len(repr(files))<400)
    ok('str/f-string', lambda: len(f'{files}')<400)
    ok('pprint', lambda: len(pprint.pformat(files))>0)
    def match():
        match files:
            case {**rest}: return rest==ref
    ok('match {**rest}', match)
    def match2():
        match {'a':files}:
            case {'a':dict()}: return True
    ok('match dict()', match2)
    def mk():
        class K: pass
        return None
    ok('next(iter(items))', lambda: next(iter(files.items()))==next(iter(ref.items())))
    ok('setitem new', lambda: (files.__setitem__('new','x'), files['new'])[1]=='x' and len(files)==len(ref)+1)
    ok('setitem overwrite', lambda: (files.__setitem__(k,'y'), files[k])[1]=='y' and files.get(k)=='y' and dict(files)[k]=='y')
    ok('del', lambda: (files.__delitem__('new'), 'new' not in files)[1])
    ok('pop', lambda: files.pop(k2)==ref[k2] and k2 not in files)
    ok('pop default', lambda: files.pop('zzz',5)==5)
    ok('setdefault', lambda: files.setdefault(list(ref)[0],'q')==ref[list(ref)[0]])
    ok('update(kw)', lambda: (files.update({'n2':'v'}), files['n2'])[1]=='v')
    ok('popitem', lambda: files.popitem()==('n2','v'))
    ok('fromkeys', lambda: type(files).fromkeys(['a'],'b')['a']=='b')
    ok('dict.get(files,k) unbound', lambda: dict.get(files,list(ref)[7])==ref[list(ref)[7]])
    ok('dict.items(files) unbound', lambda: list(dict.items(files))[7][1]==ref[list(ref)[7]])
    return R
def _ke(files):
    try: files['nope']
    except KeyError as e: return e.args==('nope',)
    return False
