#pragma once
// Unsaved work of long forms, kept over a crash of the console (security R18): one file a draft, written whole or not at all, readable by its
// owner alone. Bounded: 50 drafts of 1 MiB; the oldest go. Never for secrets. Ui thread.

#include "backend/core/clock.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace fb {

struct Draft {
    QJsonObject values;
    Instant savedAt {};
};

class DraftStore
{
public:
    explicit DraftStore(QString folder); // made when the first draft is kept; empty: nothing is kept

    bool save(const QString &key, const QJsonObject &values); // false: not kept (too large, disk full)
    std::optional<Draft> load(const QString &key) const; // a torn or foreign file is no draft
    void remove(const QString &key);

    static constexpr qint64 kMostBytes = 1024 * 1024;
    static constexpr int kMostDrafts = 50;

private:
    QString fileOf(const QString &key) const;
    void dropOldest();

    QString m_folder;
};

}
