#pragma once
// A path to type, with a button for the desktop's own dialog beside it. Ui thread.

#include <QWidget>

class QLineEdit;

namespace fb {

class FilePick : public QWidget
{
    Q_OBJECT
public:
    enum class For { Opening, Saving };

    // `title`: of the dialog.
    FilePick(const QString &objectName, For purpose, const QString &title, QWidget *parent = nullptr);

    QString path() const; // as typed; "~/" is the home folder
    void setPath(const QString &path);

signals:
    void edited();

private:
    QLineEdit *m_edit;
};

}
