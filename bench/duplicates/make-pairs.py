#!/usr/bin/env python3
"""Writes SET.pairs.tsv beside each SET.jsonl given: all pairs of one cluster, pairs of one family (event/family.item), the most alike
and some random others. Standard library only, fixed seed.

    python3 bench/duplicates/make-pairs.py bench/duplicates/own-*.jsonl
"""
import json,sys,random,unicodedata,difflib,collections,math
random.seed(7)
def n(t): return ' '.join(''.join(c for c in unicodedata.normalize('NFD',t.lower()) if not unicodedata.combining(c) and (c.isalnum() or c==' ')).split())
for p in sys.argv[1:]:
    Q=[json.loads(l) for l in open(p)]
    ev=collections.defaultdict(list)
    for q in Q: ev[q['event']].append(q)
    out=[]
    for e,v in ev.items():
        g=[collections.Counter(n(q['text'])[i:i+4] for i in range(len(n(q['text']))-3)) for q in v]
        df=collections.Counter(k for c in g for k in c)
        vec=[{k:x*math.log((len(v)+1)/(df[k])) for k,x in c.items()} for c in g]
        nm=[math.sqrt(sum(x*x for x in c.values())) or 1 for c in vec]
        cos=lambda i,j: sum(x*vec[j].get(k,0) for k,x in vec[i].items())/nm[i]/nm[j]
        for i in range(len(v)):
            sims=[]
            for j in range(i):
                a,b=v[i],v[j]; same=a['cluster']==b['cluster']; xl='_xlang' if a['lang']!=b['lang'] else ''
                if same:
                    if xl: k='pos_xlang'
                    else: k='pos_near' if difflib.SequenceMatcher(None,n(a['text']),n(b['text'])).ratio()>=0.86 else 'pos_para'
                    out.append((b['id'],a['id'],1,k))
                elif a['cluster'].split('.')[0]==b['cluster'].split('.')[0]: out.append((b['id'],a['id'],0,'neg_family'+xl))
                else: sims.append((cos(i,j),b['id'],xl))
            sims.sort(reverse=True)
            for s,b,xl in sims[:4]: out.append((b,v[i]['id'],0,'neg_hard'+xl))
            for s,b,xl in random.sample(sims,min(3,len(sims))): out.append((b,v[i]['id'],0,'neg_random'+xl))
    with open(p.replace('.jsonl','.pairs.tsv'),'w') as f:
        f.write('id_a\tid_b\tlabel\tkind\n')
        for r in out: f.write('\t'.join(map(str,r))+'\n')
    print(p,collections.Counter(r[3] for r in out))
