#include "ui/shared/documents/remote_files_sheet.h"

#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QUrl>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

RemoteFilesSheet::RemoteFilesSheet(DocumentsSource &documents, const DocumentText &document, QWidget *window)
    : Sheet(tr("Attach from S3"), window),
      m_documents(documents),
      m_document(document),
      m_banner(new Banner),
      m_kind(new QComboBox),
      m_address(new QLineEdit),
      m_addressField(new FormField(tr("Address"), m_address,
                                   tr("s3://bucket/path, or the https:// address at your S3 server"), true)),
      m_name(new QLineEdit),
      m_nameField(new FormField(tr("Name of the attachment"), m_name,
                                tr("3 to 128 letters, digits, _, - and ."), true)),
      m_attach(makeButton(u"remoteAttach"_s, tr("Attach"), Icon::None, ButtonKind::Primary))
{
    setObjectName(u"remoteFilesSheet"_s);
    m_kind->setObjectName(u"remoteKind"_s);
    m_kind->addItem(tr("One file"));
    m_kind->addItem(tr("A folder: all its files"));
    m_address->setObjectName(u"remoteAddress"_s);
    m_address->setMaxLength(1024);
    m_address->setPlaceholderText(u"s3://releases/web/app.tar.gz"_s);
    m_name->setObjectName(u"remoteName"_s);
    m_name->setMaxLength(128);
    auto *note = new TextLabel(
        tr("The engine fetches the files into its own store and makes a new version of the document, which "
           "can "
           "be run once they are there. The S3 server and its key are in the fleet's settings."),
        TextRole::Body, Token::Text2);
    note->setWordWrap(true);
    m_banner->hide();
    body()->addWidget(m_banner);
    body()->addWidget(note);
    body()->addWidget(new FormField(tr("What to attach"), m_kind));
    body()->addWidget(m_addressField);
    body()->addWidget(m_nameField);
    body()->addStretch(1);
    auto *cancel = makeButton(u"remoteCancel"_s, tr("Cancel"));
    markChange(m_attach, "ssm:UpdateDocument");
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_attach);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &RemoteFilesSheet::kindChanged);
    connect(m_address, &QLineEdit::textChanged, this, &RemoteFilesSheet::addressChanged);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_isNameTyped = true; });
    connect(m_name, &QLineEdit::textChanged, this, [this] { m_nameField->setError({}); });
    for (QLineEdit *line : {m_address, m_name})
        connect(line, &QLineEdit::returnPressed, this, &RemoteFilesSheet::submit);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_attach, &QPushButton::clicked, this, &RemoteFilesSheet::submit);
}

QWidget *RemoteFilesSheet::firstField() { return m_address; }

bool RemoteFilesSheet::isFolder() const { return m_kind->currentIndex() == 1; }

void RemoteFilesSheet::kindChanged()
{
    m_nameField->setVisible(!isFolder());
    m_address->setPlaceholderText(isFolder() ? u"s3://releases/web"_s : u"s3://releases/web/app.tar.gz"_s);
}

void RemoteFilesSheet::addressChanged(const QString &address)
{
    m_addressField->setError({});
    if (m_isNameTyped)
        return;
    const QString last = address.section(u"://"_s, 1).section(u'/', 1).section(u'/', -1);
    const bool isKey = address.startsWith(u"s3://"_s); // which stands there as it is
    m_name->setText(isKey ? last : QUrl::fromPercentEncoding(last.toUtf8()));
}

void RemoteFilesSheet::submit()
{
    if (EditGate::waits(*m_attach) || !m_attach->isEnabled())
        return;
    m_banner->hide();
    const QString address = m_address->text().trimmed();
    const QString name = m_name->text().trimmed();
    if (!address.startsWith(u"s3://"_s) && !address.startsWith(u"https://"_s)
        && !address.startsWith(u"http://"_s)) {
        m_addressField->setError(tr("The address begins with s3:// or https://."));
        return m_address->setFocus();
    }
    if (!isFolder() && name.isEmpty()) {
        m_nameField->setError(tr("A file needs the name that it is attached by."));
        return m_name->setFocus();
    }
    m_attach->setEnabled(false);
    m_documents.changeFiles(
        {m_document.name, m_document.version, {}, {}, {{address, isFolder() ? QString() : name}}},
        [self = QPointer<RemoteFilesSheet>(this)](const ShownError &problem, const DocumentSaved &saved) {
            if (self)
                self->answered(problem, saved);
        });
}

void RemoteFilesSheet::answered(const ShownError &problem, const DocumentSaved &saved)
{
    m_attach->setEnabled(true);
    if (problem.isEmpty()) {
        emit made(saved);
        return close();
    }
    m_banner->showProblem(problem, tr("Nothing was attached."));
    if (problem.field.endsWith(u".Name"))
        m_name->setFocus();
    else if (problem.field.contains(u"Values"))
        m_address->setFocus();
}

}
