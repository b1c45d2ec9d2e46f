"""What an examination finds: a code, the leaf where there is one, and a sentence."""

from typing import NamedTuple


class Finding(NamedTuple):
    """Something that is not as it must be; ``leaf`` is the entry's index in the log, from 0."""

    code: str
    leaf: int | None
    detail: str


class CannotCheckError(Exception):
    """Something cannot be checked at all: a file is not there, or cannot be read."""


#: Every code, with what it means.
CODES = {
    "entry_corrupted": "条目的字节被改，已不是事件",
    "entry_altered": "条目被改写为另一事件，与树中的叶不符",
    "entry_unreadable": "日志中的条目不是规范 JSON 的事件，或不是其类型应有的内容",
    "entries_swapped": "两个条目互换了位置",
    "entry_copied": "条目被另一条目的副本覆盖",
    "entry_removed": "条目被移除，其后各条前移",
    "entry_inserted": "条目被插入，其后各条后移",
    "entries_missing": "条目数少于检查点",
    "bundle_malformed": "条目文件的长度前缀不成立",
    "leaf_altered": "条目与其叶散列一并被改，而上层散列未改",
    "tile_altered": "瓦片与由条目重算的不同",
    "edge_altered": "右边缘（部分瓦片）与由条目重算的不同",
    "root_differs": "由条目重算的根与检查点不同",
    "checkpoint_bad": "检查点不可读、签名不成立，或不是该大小",
    "checkpoint_not_signed": "检查点没有策略所列日志的签名",
    "quorum_missing": "检查点没有任何策略所列共签人的共签",
    "quorum_short": "检查点有共签，而共签人未达策略所定法定数",
    "checkpoint_contradicts": "某个历史检查点的根不在本树之上",
    "older_than_remembered": "日志短于审计员记得的检查点",
    "history_rewritten": "日志与审计员记得的检查点矛盾",
    "checkpoint_time": "检查点自称的时间晚于共签时间",
    "time_decreased": "记录时间早于前一条",
    "time_outside_bracket": "记录时间不在前后检查点的时间之间",
    "version_gap": "一条流的版本不连续",
    "key_change_bad": "换钥事件未由新旧两把密钥签名，或不接续前一次换钥",
    "definition_differs": "指标定义不是所登记的定义",
    "statement_missing": "日志登记了统计清单，而包中没有",
    "manifest_not_logged": "统计清单没有登记在日志中",
    "proof_bad": "统计清单的存在证明不成立",
    "tree_differs": "统计清单所称的树不在本日志之上",
    "figure_differs": "指标值与由条目重算的不同",
    "contributors_differ": "指标值相同而所据事实不同",
}
