#pragma once
// Saves a sealed backup of the master key: where, under which passphrase (ux.md 13). Ui thread.

#include "models/setup/key_backup.h"
#include "ui/widgets/sheet.h"

class QLineEdit;
class QPushButton;

namespace fb {

class Banner;
class FilePick;
class FormField;

class KeyBackupSheet : public Sheet
{
    Q_OBJECT
public:
    KeyBackupSheet(KeyBackup &backup, QWidget *window);

signals:
    void saved(const QString &file);

private:
    void submit();
    bool check();

    KeyBackup &m_backup;
    Banner *m_banner;
    FilePick *m_file;
    FormField *m_fileField;
    QLineEdit *m_passphrase;
    FormField *m_passphraseField;
    QLineEdit *m_again;
    FormField *m_againField;
    QPushButton *m_save;
};

}
