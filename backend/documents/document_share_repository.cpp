#include "backend/documents/document_share_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

Result<qint64> DocumentShareRepository::count(Reader &reader, const QString &name) const
{
    return reader.number(u"SELECT count(*) FROM document_share WHERE document_name = ?"_s, {name});
}

Result<qint64> DocumentShareRepository::publicCount(Reader &reader) const
{
    return reader.number(u"SELECT count(*) FROM document_share WHERE account_id = ?"_s,
                         {QString::fromLatin1(kSharedWithAll)});
}

Result<QList<AccountSharingInfo>> DocumentShareRepository::shares(Reader &reader, const QString &name,
                                                                  const QString &after, int limit) const
{
    return reader.all(u"SELECT account_id, shared_version FROM document_share "
                      "WHERE document_name = ? AND account_id > ? ORDER BY account_id LIMIT ?"_s,
                      {name, after, limit}, [](const Row &row) {
                          return AccountSharingInfo {row.text(0), row.text(1)};
                      });
}

Result<void> DocumentShareRepository::put(Transaction &tx, const QString &name,
                                          const QList<AccountSharingInfo> &shares) const
{
    QList<QVariantList> rows;
    for (const AccountSharingInfo &share : shares)
        rows.append({name, share.accountId, share.sharedDocumentVersion});
    return tx
        .insertRows(
            u"document_share"_s, {u"document_name"_s, u"account_id"_s, u"shared_version"_s}, rows,
            u"ON CONFLICT (document_name, account_id) DO UPDATE SET shared_version = excluded.shared_version"_s)
        .map([](auto) {});
}

Result<void> DocumentShareRepository::remove(Transaction &tx, const QString &name,
                                             const QStringList &accountIds) const
{
    for (const QString &account : accountIds) {
        if (auto removed = tx.execute(
                u"DELETE FROM document_share WHERE document_name = ? AND account_id = ?"_s, {name, account});
            !removed)
            return removed.error();
    }
    return {};
}

Result<void> DocumentShareRepository::removeAll(Transaction &tx, const QString &name) const
{
    return tx.execute(u"DELETE FROM document_share WHERE document_name = ?"_s, {name}).map([](qint64) {});
}

}
