"""Threads that Japanese customers write in Japanese; internal notes stay in English."""

from snow_escalations.sandbox.desk.topic import Exchange, Reply, Topic

TOPICS = (
    Topic(
        key="nightly-batch-ja",
        product="Archive",
        language="ja",
        subjects=(
            "夜間バックアップが $code で{失敗します|終了します}",
            "$host のバックアップが業務時間{まで終わらない|に重なる}",
        ),
        openings=(
            (
                "$version に更新してから、$host の夜間バックアップが $code で失敗しています。{三日連続で|今週はずっ"
                "と}取得できておらず、大変困っております。対象は $count 件です。"
            ),
            (
                "夜間バックアップが $window までに終わらず、業務に影響が出ております。以前は $hours 時間で{終わって"
                "いました|完了していました}。ご確認をお願いいたします。"
            ),
        ),
        exchanges=(
            Exchange(
                "お手数ですが、失敗した日のジョブレポートと `archive changes --volume $site` の出力をお送りいただけ"
                "ますでしょうか。",
                "レポートと出力を添付いたします。変更一覧に{ほぼすべての|大量の}ファイルが含まれております。",
            ),
            Exchange(
                Reply(
                    "ありがとうございます。",
                    "全ファイルの変更時刻が同じ夜に更新されています。ウイルス対策ソフトの導入などはございましたか。",
                ),
                "はい、{先週|その週に}新しい製品を導入いたしました。それが原因でしょうか。",
            ),
        ),
        notes=(
            "Change time of all files moves nightly: scanner. Compare mode `content` should help.",
            "Tested with their listing: $percent % instead of everything. $colleague translated the steps.",
        ),
        updates=(
            (
                "変更時刻が毎晩更新されるため、すべてのファイルが対象になっていることが分かりました。回避方法を{検証"
                "しております|確認中です}。"
            ),
            (
                "比較モード `content` で対象が約 $percent % まで減ることを確認いたしました。まず一つのボリュームで設"
                "定をお試しください。"
            ),
        ),
        fix="残りのボリュームにも比較モード `content` を設定してください。初回は時間がかかりますが、二日目以降は時間"
        "内に終了いたします。",
        confirm="昨夜は $window 前に終了いたしました。{迅速なご対応に感謝いたします|ありがとうございました}。",
        cause="Virus scanner changed the ctime of all files.",
    ),
    Topic(
        key="report-garbled-ja",
        product="Insight",
        language="ja",
        subjects=(
            "定期レポートの PDF が文字化けする",
            "$version 以降、レポートの{日本語|漢字}が表示されない",
        ),
        openings=(
            (
                "$version に更新後、定期レポートの PDF で日本語が文字化けしております。{取引先へ送る資料|役員向けの"
                "資料}のため、至急ご対応をお願いいたします。$count 件に影響しています。"
            ),
            (
                "毎朝 $window に配信されるレポートで、漢字が四角で表示されます。画面では正常です。$host で動作してお"
                "ります。"
            ),
        ),
        exchanges=(
            Exchange(
                "文字化けした PDF を一部お送りいただけますか。また、$host にインストールされているフォントの一覧もお"
                "願いいたします。",
                "PDF とフォント一覧を添付いたします。{サーバーの移行|OS の更新}を先月行いました。",
            ),
            Exchange(
                "一覧に日本語フォントが見当たりません。移行前のサーバーには入っておりましたでしょうか。",
                "入っておりました。移行の際に{漏れた|忘れた}ようです。",
            ),
        ),
        notes=(
            (
                "PDF embeds no CJK font; server lost the font package with the migration. Renderer falls back "
                "without a warning."
            ),
            "Asked $colleague for a warning in the job log when glyphs are missing, $ticket.",
        ),
        updates=(
            (
                "サーバーに日本語フォントが存在しないことが原因と考えております。{必要なパッケージ|導入手順}をご案内"
                "いたします。"
            ),
            "フォントパッケージの導入手順をお送りします。再起動は不要で、約 $minutes 分で完了いたします。",
        ),
        fix="フォント導入後、$host でレポートを再実行してください。$fixed では、フォントが不足している場合に警告が表"
        "示されます。",
        confirm="正しく表示されることを確認いたしました。{クローズしていただいて結構です|ありがとうございます}。",
        cause="Japanese fonts missing after a server migration.",
    ),
)
