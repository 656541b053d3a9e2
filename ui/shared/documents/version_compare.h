#pragma once
// Two versions of a document beside each other as one text: what went, what came, what changed. Ui thread.

#include "models/shared/documents/documents_source.h"

#include <QWidget>

class QComboBox;

namespace fb {

class DiffView;
class TextLabel;

class VersionCompare : public QWidget
{
    Q_OBJECT
public:
    VersionCompare(DocumentsViewModel &documents, const QString &name, QWidget *parent = nullptr);

    void setVersions(const QStringList &newestFirst);
    void compare(const QString &from, const QString &to); // empty: the two newest
    QString from() const;
    QString to() const;

signals:
    void compared(); // other versions than before
    void problemArose(const fb::ShownError &problem);

private:
    void read();
    void take(bool isFrom, const DocumentText &text);

    DocumentsViewModel &m_documents;
    QString m_name;
    QComboBox *m_from;
    QComboBox *m_to;
    TextLabel *m_summary;
    DiffView *m_diff;
    QString m_wantedFrom; // also before the versions are known
    QString m_wantedTo;
    std::optional<QString> m_fromText;
    std::optional<QString> m_toText;
    int m_asked = 0;
};

}
