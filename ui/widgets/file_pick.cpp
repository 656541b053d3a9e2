#include "ui/widgets/file_pick.h"

#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>

namespace fb {

using namespace Qt::StringLiterals;

FilePick::FilePick(const QString &objectName, For purpose, const QString &title, QWidget *parent)
    : QWidget(parent),
      m_edit(new QLineEdit)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(objectName);
    setFocusProxy(m_edit);
    m_edit->setObjectName(objectName + u"Path"_s);
    m_edit->setAccessibleName(title);
    auto *choose = makeButton(objectName + u"Choose"_s, tr("Choose..."));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(m.toolGap());
    line->addWidget(m_edit, 1);
    line->addWidget(choose);
    connect(m_edit, &QLineEdit::textEdited, this, &FilePick::edited);
    connect(choose, &QPushButton::clicked, this, [this, purpose, title] {
        auto *dialog = new QFileDialog(window(), title, path());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(purpose == For::Saving ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
        dialog->setFileMode(purpose == For::Saving ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
        if (purpose == For::Saving)
            dialog->selectFile(QFileInfo(path()).fileName());
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
            setPath(file);
            emit edited();
        });
        dialog->open();
    });
}

QString FilePick::path() const
{
    const QString typed = m_edit->text().trimmed();
    return typed.startsWith(u"~/") ? QDir::homePath() + typed.mid(1) : typed;
}

void FilePick::setPath(const QString &path) { m_edit->setText(path); }

}
