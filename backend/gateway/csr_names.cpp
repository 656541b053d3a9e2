#include "backend/gateway/csr_names.h"

#include "backend/core/ids.h"
#include "backend/transport/openssl_handles.h"

#include <openssl/err.h>

namespace fb {

namespace {
    using RequestHandle = std::unique_ptr<X509_REQ, transport::OpensslFree<X509_REQ_free>>;

    void freeExtensions(STACK_OF(X509_EXTENSION) * extensions)
    {
        sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    }
    using ExtensionsHandle
        = std::unique_ptr<STACK_OF(X509_EXTENSION), transport::OpensslFree<freeExtensions>>;

    void addNodesIn(std::string_view text, std::vector<std::string> &nodes)
    {
        constexpr size_t idLength = 20;
        for (size_t at = text.find("mi-"); at != std::string_view::npos; at = text.find("mi-", at + 1)) {
            if (isNodeId(text.substr(at, idLength)))
                nodes.emplace_back(text.substr(at, idLength));
        }
    }

    std::string_view viewOf(const ASN1_STRING *string)
    {
        return {reinterpret_cast<const char *>(ASN1_STRING_get0_data(string)),
                static_cast<size_t>(ASN1_STRING_length(string))};
    }
}

std::vector<std::string> nodesNamedInCsr(std::string_view csrDer)
{
    std::vector<std::string> nodes;
    const auto *bytes = reinterpret_cast<const unsigned char *>(csrDer.data());
    const RequestHandle request(d2i_X509_REQ(nullptr, &bytes, static_cast<long>(csrDer.size())));
    if (!request) {
        ERR_clear_error();
        return nodes;
    }
    const X509_NAME *subject = X509_REQ_get_subject_name(request.get());
    for (int i = 0; i < X509_NAME_entry_count(subject); ++i)
        addNodesIn(viewOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, i))), nodes);
    const ExtensionsHandle extensions(X509_REQ_get_extensions(request.get()));
    const transport::NamesHandle names(extensions ? static_cast<GENERAL_NAMES *>(X509V3_get_d2i(
                                           extensions.get(), NID_subject_alt_name, nullptr, nullptr))
                                                  : nullptr);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_URI || name->type == GEN_DNS || name->type == GEN_EMAIL)
            addNodesIn(viewOf(name->d.ia5), nodes);
    }
    ERR_clear_error();
    return nodes;
}

}
