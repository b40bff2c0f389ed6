"""Alipay (支付宝): the bill for one's own records from the app, and the older one from the web."""

from pathlib import Path

from credence.errors import IntakeError
from credence.events.exports.documents import decoded, read_bytes
from credence.events.exports.lines import Export
from credence.events.exports.wallets import Wallet, read_wallet

ALIPAY = Wallet(
    form="alipay",
    when=("交易时间", "付款时间", "交易创建时间"),
    amount=("金额", "金额（元）"),
    reference=("交易订单号", "交易号"),
    category=("交易分类", "类型", "资金状态"),
    description=("商品说明", "商品名称"),
    account=("收/付款方式",),
    status=("交易状态",),
)
NOTEBOOK = ("记录时间", "收支类型")


def read(path: Path) -> Export:
    """Read every row; errors as for `wallets.read_wallet`."""
    text = decoded(read_bytes(path, "alipay")) or ""
    if all(word in text for word in NOTEBOOK):
        sentence = (
            "it is the export of the notebook (记账本), whose entries are the person's own. "
            "Ask for the bill: 账单, 开具交易流水证明, 用于个人对账."
        )
        raise IntakeError(path, sentence)
    return read_wallet(path, ALIPAY)
