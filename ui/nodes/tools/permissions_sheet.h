#pragma once
// Permissions, owner and group of one file of a node. Only what differs from before is told. Ui thread.

#include "models/nodes/tools/file_row.h"
#include "ui/widgets/sheet.h"

class QCheckBox;
class QLineEdit;

namespace fb {

class FormField;
class TextLabel;

class PermissionsSheet : public Sheet
{
    Q_OBJECT
public:
    PermissionsSheet(const FileRow &file, QWidget *window);

signals:
    void modeChosen(int mode);
    void ownerChosen(const QString &user, const QString &group); // empty: as it is

private:
    int mode() const;
    void setMode(int mode);
    void submit();

    FileRow m_file;
    QList<QCheckBox *> m_bits; // owner read, write, execute; group; others
    QLineEdit *m_octal;
    FormField *m_octalField;
    QLineEdit *m_user;
    QLineEdit *m_group;
};

}
