"""WeChat Pay (微信支付): the bill for one's own records."""

from pathlib import Path

from credence.events.exports.lines import Export
from credence.events.exports.wallets import Wallet, read_wallet

WECHAT = Wallet(
    form="wechat",
    when=("交易时间",),
    amount=("金额(元)", "金额（元）"),
    reference=("交易单号",),
    category=("交易类型",),
    description=("商品",),
    account=("支付方式",),
    status=("当前状态",),
)


def read(path: Path) -> Export:
    """Read every row; errors as for `wallets.read_wallet`."""
    return read_wallet(path, WECHAT)
