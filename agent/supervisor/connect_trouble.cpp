#include "agent/supervisor/connect_trouble.h"

#include "backend/transport/causes.h"

namespace fb::agent {

Error explained(Error cause)
{
    namespace causes = transport::causes;
    if (cause.code == causes::kEngineIdentity || cause.code == causes::kBadSignature)
        cause.message
            += ". Nothing was sent. It is not the engine that answers: look for a proxy that inspects "
               "TLS, a sign-in page, or a wrong address. If the fleet's CA has been replaced meanwhile, take "
               "a new "
               "install command from the console";
    else if (cause.code == causes::kTls)
        cause.message += ". Nothing was sent. What answers does not speak TLS as the engine does: look for a "
                         "proxy, a sign-in page, or a wrong port";
    return cause;
}

}
