#pragma once
// Takes the master key from a sealed backup, where the keychain has it no more: which file, which passphrase. Ui thread.

#include "models/table/shown_error.h"
#include "ui/widgets/sheet.h"

class QLineEdit;
class QPushButton;

namespace fb {

class Banner;
class FilePick;
class FormField;

class KeyRestoreSheet : public Sheet
{
    Q_OBJECT
public:
    explicit KeyRestoreSheet(QWidget *window);
    void showProblem(const ShownError &problem);

signals:
    void submitted(const QString &file, const QString &passphrase);

private:
    void submit();

    Banner *m_banner;
    FilePick *m_file;
    FormField *m_fileField;
    QLineEdit *m_passphrase;
    FormField *m_passphraseField;
    QPushButton *m_use;
};

}
