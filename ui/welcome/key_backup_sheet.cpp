#include "ui/welcome/key_backup_sheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/file_pick.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QLineEdit *secretEdit(const QString &name, int width)
    {
        auto *edit = new QLineEdit;
        edit->setObjectName(name);
        edit->setEchoMode(QLineEdit::Password);
        edit->setMaxLength(KeyBackup::kMostPassphrase);
        edit->setFixedWidth(width);
        return edit;
    }
}

KeyBackupSheet::KeyBackupSheet(KeyBackup &backup, QWidget *window)
    : Sheet(tr("Back up the master key"), window),
      m_backup(backup),
      m_banner(new Banner),
      m_file(new FilePick(u"backupFile"_s, FilePick::For::Saving, tr("Save the sealed key"))),
      m_save(makeButton(u"backupSave"_s, tr("Save backup"), Icon::None, ButtonKind::Primary))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"keyBackupSheet"_s);
    auto *words
        = new TextLabel(tr("The store's secrets are sealed with a key in this desktop's keychain. If the "
                           "keychain is lost, so are they. The backup is a small file, sealed with a "
                           "passphrase of your own: keep it, and the passphrase, away from this machine."),
                        TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    m_file->setPath(m_backup.suggestedFile());
    m_passphrase = secretEdit(u"backupPassphrase"_s, m.lines(18));
    m_again = secretEdit(u"backupAgain"_s, m.lines(18));
    m_fileField = new FormField(tr("File"), m_file, {}, true);
    m_passphraseField = new FormField(
        tr("Passphrase"), m_passphrase,
        tr("At least %1 characters. It cannot be recovered.").arg(KeyBackup::kLeastPassphrase));
    m_againField = new FormField(tr("Passphrase again"), m_again);
    m_banner->hide();
    body()->addWidget(words);
    body()->addWidget(m_banner);
    body()->addWidget(m_fileField);
    body()->addWidget(m_passphraseField);
    body()->addWidget(m_againField);
    body()->addStretch(1);
    auto *cancel = makeButton(u"backupCancel"_s, tr("Cancel"));
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_save, &QPushButton::clicked, this, &KeyBackupSheet::submit);
    connect(m_file, &FilePick::edited, this, [this] { m_fileField->setError({}); });
    connect(m_passphrase, &QLineEdit::textEdited, this, [this] { m_passphraseField->setError({}); });
    connect(m_again, &QLineEdit::textEdited, this, [this] { m_againField->setError({}); });
    for (QLineEdit *edit : {m_passphrase, m_again})
        connect(edit, &QLineEdit::returnPressed, this, &KeyBackupSheet::submit);
}

bool KeyBackupSheet::check()
{
    const QFileInfo file(m_file->path());
    if (!file.isAbsolute())
        m_fileField->setError(tr("Enter an absolute path, such as %1.").arg(m_backup.suggestedFile()));
    else if (file.exists())
        m_fileField->setError(tr("This file already exists; a key never overwrites another."));
    else if (!file.dir().exists())
        m_fileField->setError(tr("The folder %1 does not exist.").arg(file.path()));
    if (m_passphrase->text().size() < KeyBackup::kLeastPassphrase)
        m_passphraseField->setError(tr("Enter at least %1 characters.").arg(KeyBackup::kLeastPassphrase));
    else if (m_passphrase->text() != m_again->text())
        m_againField->setError(tr("The passphrases do not match."));
    for (FormField *field : {m_fileField, m_passphraseField, m_againField}) {
        if (!field->error().isEmpty()) {
            field->field()->setFocus();
            return false;
        }
    }
    return true;
}

void KeyBackupSheet::submit()
{
    if (!m_save->isEnabled() || !check())
        return;
    m_banner->hide();
    m_save->setEnabled(false);
    const QString file = m_file->path();
    m_backup.save(file, m_passphrase->text(),
                  [sheet = QPointer<KeyBackupSheet>(this), file](const ShownError &problem) {
                      if (!sheet)
                          return;
                      sheet->m_save->setEnabled(true);
                      if (!problem.isEmpty())
                          return sheet->m_banner->showProblem(problem, tr("The backup was not saved."));
                      emit sheet->saved(file);
                      sheet->close();
                  });
}

}
