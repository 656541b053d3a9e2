#pragma once
// Chooses the document of a run: a field that searches by name, description and platform while one types, and the matches under it; arrows
// and Enter choose, Esc goes back (ux.md 6). Ui thread.

#include "models/nodes/runcommand/document_form.h"

#include <QWidget>

class QLineEdit;
class QListWidget;

namespace fb {

class TextLabel;

class DocumentPicker : public QWidget
{
    Q_OBJECT
public:
    explicit DocumentPicker(QWidget *parent = nullptr);

    void setDocuments(const QList<DocumentForm> &documents); // the current one stays if it is among them
    const DocumentForm *current() const; // nullptr: none
    bool choose(const QString &name); // false: there is no such document
    bool has(const QString &name) const;
    void chooseNone();

signals:
    void chosen();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search(const QString &words);
    void take();
    void endSearch();

    QList<DocumentForm> m_documents;
    QString m_current;
    QLineEdit *m_field;
    QListWidget *m_list;
    TextLabel *m_none;
    TextLabel *m_about;
};

}
