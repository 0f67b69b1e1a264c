package bowline.cred;

import bowline.cred.sasl.CramMd5;
import bowline.defer.Deferred;

/// An answer to a challenge of CRAM-MD5 (RFC 2195). Wants a checker that has the password itself.
///
/// @param challenge what the server sent
/// @param answer what came back, from [CramMd5#parse]
public record CramMd5Credentials(String challenge, CramMd5.Answer answer) implements UsernameHashedPassword {

    @Override
    public String username() {
        return answer.username();
    }

    @Override
    public Deferred<Boolean> checkPassword(String password) {
        return Deferred.succeed(answer.isOf(challenge, password));
    }
}
