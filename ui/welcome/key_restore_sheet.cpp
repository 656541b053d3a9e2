#include "ui/welcome/key_restore_sheet.h"

#include "models/setup/key_backup.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/file_pick.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"

#include <QFileInfo>
#include <QLineEdit>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

KeyRestoreSheet::KeyRestoreSheet(QWidget *window)
    : Sheet(tr("Use a sealed backup of the master key"), window),
      m_banner(new Banner),
      m_file(new FilePick(u"restoreFile"_s, FilePick::For::Opening, tr("Open the sealed key"))),
      m_passphrase(new QLineEdit),
      m_use(makeButton(u"restoreUse"_s, tr("Use backup"), Icon::None, ButtonKind::Primary))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"keyRestoreSheet"_s);
    m_passphrase->setObjectName(u"restorePassphrase"_s);
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setMaxLength(KeyBackup::kMostPassphrase);
    m_passphrase->setFixedWidth(m.lines(18));
    m_fileField = new FormField(
        tr("File"), m_file,
        tr("As saved with \"Back up the master key\"; an engine's master.sealed is one too."), true);
    m_passphraseField = new FormField(tr("Passphrase"), m_passphrase);
    m_banner->hide();
    body()->addWidget(m_banner);
    body()->addWidget(m_fileField);
    body()->addWidget(m_passphraseField);
    body()->addStretch(1);
    auto *cancel = makeButton(u"restoreCancel"_s, tr("Cancel"));
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_use);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_use, &QPushButton::clicked, this, &KeyRestoreSheet::submit);
    connect(m_file, &FilePick::edited, this, [this] { m_fileField->setError({}); });
    connect(m_passphrase, &QLineEdit::textEdited, this, [this] { m_passphraseField->setError({}); });
    connect(m_passphrase, &QLineEdit::returnPressed, this, &KeyRestoreSheet::submit);
}

void KeyRestoreSheet::submit()
{
    if (!m_use->isEnabled())
        return;
    m_banner->hide();
    if (!QFileInfo(m_file->path()).isFile()) {
        m_fileField->setError(tr("The file does not exist."));
        m_file->setFocus();
        return;
    }
    if (m_passphrase->text().isEmpty()) {
        m_passphraseField->setError(tr("Enter the passphrase of this backup."));
        m_passphrase->setFocus();
        return;
    }
    m_use->setEnabled(false);
    emit submitted(m_file->path(), m_passphrase->text());
}

void KeyRestoreSheet::showProblem(const ShownError &problem)
{
    m_use->setEnabled(true);
    m_banner->showProblem(problem, tr("The backup could not be used."));
    m_passphrase->setFocus();
}

}
